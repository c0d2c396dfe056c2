using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class TaggingTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task PutGetDelete_TagsOfAnObject_ChangeNothingElse()
    {
        (await scene.S3Async(HttpMethod.Put, "/tagged")).Ok();
        var put = (await scene.S3Async(HttpMethod.Put, "/tagged/key", [1], "x-amz-tagging:a=1%202&b=")).Ok();
        Assert.Equal(["a=1 2", "b="], await TagsAsync());
        Assert.Equal("2", (await scene.S3Async(HttpMethod.Head, "/tagged/key")).Header("x-amz-tagging-count"));

        (await PutAsync("<Tagging><TagSet><Tag><Key>c</Key><Value>3</Value></Tag></TagSet></Tagging>")).Ok();
        Assert.Equal(["c=3"], await TagsAsync());

        Assert.Equal(
            HttpStatusCode.NoContent, (await scene.S3Async(HttpMethod.Delete, "/tagged/key?tagging")).Status);
        Assert.Empty(await TagsAsync());
        var head = (await scene.S3Async(HttpMethod.Head, "/tagged/key")).Ok();
        Assert.Equal((put.Header("ETag"), null), (head.Header("ETag"), head.Header("x-amz-tagging-count")));
    }

    [Theory]
    [InlineData("<Tagging/>", "MalformedXML")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>", "MalformedXML")]
    [InlineData("<Tagging><TagSet><Tag><Key/><Value/></Tag></TagSet></Tagging>", "InvalidTag")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key><Value>&lt;</Value></Tag></TagSet></Tagging>", "InvalidTag")]
    [InlineData("<Tagging><TagSet><Other/></TagSet></Tagging>", "NotImplemented")]
    [InlineData("<Tagging>", "MalformedXML")]
    public async Task Put_WhatIsNoTagSet_IsRefusedAndKeepsTheTags(string body, string code)
    {
        (await scene.S3Async(HttpMethod.Put, "/tagged")).Ok();
        (await scene.S3Async(HttpMethod.Put, "/tagged/key", [1], "x-amz-tagging:kept=yes")).Ok();

        Assert.Equal(code, (await PutAsync(body)).Code);

        Assert.Equal(["kept=yes"], await TagsAsync());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Call_AbsentObject_IsNoSuchKey(string method)
    {
        (await scene.S3Async(HttpMethod.Put, "/tagged")).Ok();

        (await scene.S3Async(new HttpMethod(method), "/tagged/absent?tagging")).MustFail(
            HttpStatusCode.NotFound, "NoSuchKey");
    }

    private Task<Answer> PutAsync(string body) =>
        scene.S3Async(HttpMethod.Put, "/tagged/key?tagging", Encoding.UTF8.GetBytes(body));

    private async Task<IEnumerable<string>> TagsAsync() =>
        (await scene.S3Async(HttpMethod.Get, "/tagged/key?tagging")).Ok().Xml.Descendants("Tag")
            .Select(tag => $"{tag.Element("Key")!.Value}={tag.Element("Value")!.Value}");
}
