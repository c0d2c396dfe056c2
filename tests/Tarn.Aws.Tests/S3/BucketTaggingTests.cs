using System.Net;
using System.Text;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.S3;

public sealed class BucketTaggingTests(AwsScene scene) : IClassFixture<AwsScene>
{
    [Fact]
    public async Task PutGetDelete_TagsOfABucket_AreKeptOverARestart()
    {
        (await scene.S3Async(HttpMethod.Put, "/labelled")).Ok();
        (await scene.S3Async(HttpMethod.Get, "/labelled?tagging")).MustFail(HttpStatusCode.NotFound, "NoSuchTagSet");

        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync("team", "data @ more")).Status);
        await scene.RestartAsync();
        var tag = Assert.Single((await scene.S3Async(HttpMethod.Get, "/labelled?tagging")).Ok().Xml.Descendants("Tag"));
        Assert.Equal(("team", "data @ more"), (tag.Element("Key")!.Value, tag.Element("Value")!.Value));

        Assert.Equal(HttpStatusCode.NoContent, (await scene.S3Async(HttpMethod.Delete, "/labelled?tagging")).Status);
        (await scene.S3Async(HttpMethod.Get, "/labelled?tagging")).MustFail(HttpStatusCode.NotFound, "NoSuchTagSet");
    }

    [Fact]
    public async Task Put_FiftyOneTagsOrNoBucket_IsRefused()
    {
        (await scene.S3Async(HttpMethod.Put, "/overlabelled")).Ok();
        var tags = string.Concat(Enumerable.Range(0, 51).Select(i => $"<Tag><Key>k{i}</Key><Value>v</Value></Tag>"));
        var body = Encoding.UTF8.GetBytes($"<Tagging><TagSet>{tags}</TagSet></Tagging>");

        (await scene.S3Async(HttpMethod.Put, "/overlabelled?tagging", body)).MustFail(
            HttpStatusCode.BadRequest, "BadRequest");
        (await scene.S3Async(HttpMethod.Get, "/overlabelled?tagging")).MustFail(
            HttpStatusCode.NotFound, "NoSuchTagSet");
        (await scene.S3Async(HttpMethod.Delete, "/absent-bucket?tagging")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucket");
    }

    private Task<Answer> PutAsync(string key, string value) => scene.S3Async(
        HttpMethod.Put,
        "/labelled?tagging",
        Encoding.UTF8.GetBytes(
            $"<Tagging><TagSet><Tag><Key>{key}</Key><Value>{value}</Value></Tag></TagSet></Tagging>"));
}
