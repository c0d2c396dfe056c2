using System.Net;
using System.Text;
using System.Xml.Linq;
using Tarn.Aws.Tests.Scenes;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.Tests.S3;

public sealed class LifecycleTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Days = "<Expiration><Days>30</Days></Expiration>";
    private const string Enabled = "<Status>Enabled</Status>";
    private const string All = "<Filter/>";

    [Fact]
    public async Task PutGetDelete_Rules_AreKept()
    {
        const string Rules =
            "<Rule><ID>one</ID><Filter><Prefix>raw/</Prefix></Filter><Status>Enabled</Status>"
            + "<Expiration><Days>30</Days></Expiration>"
            + "<AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload></Rule>"
            + "<Rule><ID>many</ID><Filter><And><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>"
            + "<Tag><Key>l</Key><Value>w</Value></Tag><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan>"
            + "<ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter><Status>Disabled</Status>"
            + "<Expiration><Date>2027-01-01T00:00:00.000Z</Date></Expiration></Rule>"
            + "<Rule><ID>versions</ID><Filter/><Status>Enabled</Status>"
            + "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>"
            + "<NoncurrentVersionExpiration><NoncurrentDays>7</NoncurrentDays>"
            + "<NewerNoncurrentVersions>3</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule>";
        (await scene.S3Async(HttpMethod.Put, "/ruled")).Ok();
        (await scene.S3Async(HttpMethod.Get, "/ruled?lifecycle")).MustFail(
            HttpStatusCode.NotFound, "NoSuchLifecycleConfiguration");

        (await PutAsync("ruled", Rules)).Ok();

        var got = (await scene.S3Async(HttpMethod.Get, "/ruled?lifecycle")).Ok();
        Assert.Equal(
            XElement.Parse($"<r>{Rules}</r>").ToString(),
            new XElement("r", got.Xml.Elements()).ToString());
        Assert.Equal("all_storage_classes_128K", got.Header("x-amz-transition-default-minimum-object-size"));
        Assert.Equal(HttpStatusCode.NoContent, (await scene.S3Async(HttpMethod.Delete, "/ruled?lifecycle")).Status);
        (await scene.S3Async(HttpMethod.Get, "/ruled?lifecycle")).MustFail(
            HttpStatusCode.NotFound, "NoSuchLifecycleConfiguration");
    }

    [Fact]
    public async Task Put_TheOldForm_IsShownSo_AndARuleWithoutIdGetsOne()
    {
        (await scene.S3Async(HttpMethod.Put, "/old-form")).Ok();

        (await PutAsync("old-form", $"<Rule><Prefix>raw/</Prefix>{Enabled}{Days}</Rule>")).Ok();

        var rule = (await scene.S3Async(HttpMethod.Get, "/old-form?lifecycle")).Ok().Xml.Element("Rule")!;
        Assert.Equal("raw/", rule.Element("Prefix")!.Value);
        Assert.Null(rule.Element("Filter"));
        Assert.Equal(32, rule.Element("ID")!.Value.Length);
    }

    [Theory]
    [InlineData("", "MalformedXML")]
    [InlineData("<Rule/>", "MalformedXML")]
    [InlineData("<Rule>" + Enabled + Days + "</Rule>", "MalformedXML")]
    [InlineData("<Rule>" + All + Days + "</Rule>", "MalformedXML")]
    [InlineData("<Rule>" + All + "<Status>On</Status>" + Days + "</Rule>", "MalformedXML")]
    [InlineData("<Rule>" + All + "<Prefix/>" + Enabled + Days + "</Rule>", "MalformedXML")]
    [InlineData("<Rule>" + All + Enabled + "</Rule>", "InvalidRequest")]
    [InlineData("<Rule>" + All + Enabled + "<Expiration/></Rule>", "MalformedXML")]
    [InlineData(
        "<Rule>" + All + Enabled + "<Expiration><Days>1</Days><Date>2027-01-01T00:00:00Z</Date></Expiration></Rule>",
        "MalformedXML")]
    [InlineData("<Rule>" + All + Enabled + "<Expiration><Days>0</Days></Expiration></Rule>", "InvalidArgument")]
    [InlineData("<Rule>" + All + Enabled + "<Expiration><Days>-1</Days></Expiration></Rule>", "InvalidArgument")]
    [InlineData("<Rule>" + All + Enabled + "<Expiration><Days>soon</Days></Expiration></Rule>", "MalformedXML")]
    [InlineData(
        "<Rule>" + All + Enabled + "<Expiration><Date>2027-01-01T12:00:00Z</Date></Expiration></Rule>",
        "InvalidArgument")]
    [InlineData(
        "<Rule><Filter><Prefix>a</Prefix><ObjectSizeLessThan>1</ObjectSizeLessThan></Filter>" + Enabled + Days
        + "</Rule>",
        "MalformedXML")]
    [InlineData("<Rule><Filter><And><Prefix>a</Prefix></And></Filter>" + Enabled + Days + "</Rule>", "MalformedXML")]
    [InlineData(
        "<Rule><Filter><And><ObjectSizeGreaterThan>9</ObjectSizeGreaterThan>"
        + "<ObjectSizeLessThan>9</ObjectSizeLessThan></And></Filter>" + Enabled + Days + "</Rule>",
        "InvalidRequest")]
    [InlineData(
        "<Rule><Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>" + Enabled
        + "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
        + "</AbortIncompleteMultipartUpload></Rule>",
        "InvalidRequest")]
    [InlineData(
        "<Rule><Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>" + Enabled
        + "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>",
        "InvalidRequest")]
    [InlineData(
        "<Rule>" + All + Enabled
        + "<NoncurrentVersionExpiration><NewerNoncurrentVersions>3</NewerNoncurrentVersions>"
        + "</NoncurrentVersionExpiration></Rule>",
        "MalformedXML")]
    [InlineData(
        "<Rule>" + All + Enabled
        + "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
        + "<NewerNoncurrentVersions>101</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule>",
        "InvalidArgument")]
    [InlineData(
        "<Rule><ID>a</ID>" + All + Enabled + Days + "</Rule><Rule><ID>a</ID>" + All + Enabled + Days + "</Rule>",
        "InvalidArgument")]
    [InlineData(
        "<Rule>" + All + Enabled + Days + "</Rule><Rule><Prefix>a</Prefix>" + Enabled + Days + "</Rule>",
        "InvalidRequest")]
    [InlineData("<Rule>" + All + Enabled + Days + "<Owner>me</Owner></Rule>", "NotImplemented")]
    public async Task Put_WhatIsNoRule_IsRefused(string rules, string code)
    {
        (await scene.S3Async(HttpMethod.Put, "/unruled")).Ok();

        Assert.Equal(code, (await PutAsync("unruled", rules)).Code);

        Assert.Null(scene.Engine<IBucketLifecycle>().Find("unruled"));
    }

    [Theory]
    [InlineData("Transition", "<Days>30</Days><StorageClass>GLACIER</StorageClass>")]
    [InlineData(
        "NoncurrentVersionTransition", "<NoncurrentDays>3</NoncurrentDays><StorageClass>GLACIER</StorageClass>")]
    public async Task Put_ATransition_IsRefusedByName(string element, string content)
    {
        (await scene.S3Async(HttpMethod.Put, "/unruled")).Ok();

        (await PutAsync("unruled", $"<Rule>{All}{Enabled}{Days}<{element}>{content}</{element}></Rule>")).MustFail(
            HttpStatusCode.NotImplemented, "NotImplemented", $"element {element} of Rule");
    }

    [Theory]
    [InlineData("all_storage_classes_128K", HttpStatusCode.OK)]
    [InlineData("varies_by_storage_class", HttpStatusCode.NotImplemented)]
    public async Task Put_TheLeastSizeOfATransition_CanOnlyBeTheDefault(string least, HttpStatusCode status)
    {
        (await scene.S3Async(HttpMethod.Put, "/sized")).Ok();

        var answer = await scene.S3Async(
            HttpMethod.Put,
            "/sized?lifecycle",
            Document($"<Rule>{All}{Enabled}{Days}</Rule>"),
            $"x-amz-transition-default-minimum-object-size:{least}");

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task AnswersAboutAnObject_SayWhenItExpires()
    {
        (await scene.S3Async(HttpMethod.Put, "/dated")).Ok();
        (await PutAsync(
            "dated",
            $"<Rule><ID>a rule</ID><Filter><Prefix>raw/</Prefix></Filter>{Enabled}{Days}"
            + "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload></Rule>")).Ok();
        var midnight = scene.Time.GetUtcNow().UtcDateTime.Date;

        var put = (await scene.S3Async(HttpMethod.Put, "/dated/raw/a", "x"u8.ToArray())).Ok();

        var expected = $"expiry-date=\"{midnight.AddDays(31):r}\", rule-id=\"a%20rule\"";
        Assert.Equal(expected, put.Header("x-amz-expiration"));
        Assert.Equal(expected, (await scene.S3Async(HttpMethod.Get, "/dated/raw/a")).Header("x-amz-expiration"));
        Assert.Equal(expected, (await scene.S3Async(HttpMethod.Head, "/dated/raw/a")).Header("x-amz-expiration"));
        Assert.Equal(expected, (await scene.S3Async(
            HttpMethod.Put, "/dated/raw/b", [], "x-amz-copy-source:/dated/raw/a")).Header("x-amz-expiration"));
        Assert.Null((await scene.S3Async(HttpMethod.Put, "/dated/kept", "x"u8.ToArray())).Header("x-amz-expiration"));
        var upload = (await scene.S3Async(HttpMethod.Post, "/dated/raw/c?uploads")).Ok();
        Assert.Equal($"{midnight.AddDays(2):r}", upload.Header("x-amz-abort-date"));
        Assert.Equal("a%20rule", upload.Header("x-amz-abort-rule-id"));
    }

    private Task<Answer> PutAsync(string bucket, string rules) =>
        scene.S3Async(HttpMethod.Put, $"/{bucket}?lifecycle", Document(rules));

    private static byte[] Document(string rules) =>
        Encoding.UTF8.GetBytes($"<LifecycleConfiguration>{rules}</LifecycleConfiguration>");
}
