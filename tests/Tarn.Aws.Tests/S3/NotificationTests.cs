using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Tarn.Aws.Tests.Scenes;
using Tarn.Storage.Objects.Notifications;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Tests.S3;

public sealed class NotificationTests(AwsScene scene) : IClassFixture<AwsScene>
{
    private const string Stream = "arn:aws:kinesis:us-east-1:000000000000:stream/";
    private const string Queue = "<Queue>" + Stream + "told</Queue>";
    private const string Created = "<Event>s3:ObjectCreated:*</Event>";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task PutGet_Rules_AreKeptAndTheStreamIsTested()
    {
        var bucket = await MakeAsync("kept");
        const string Rules =
            "<QueueConfiguration><Id>raw</Id><Filter><S3Key>"
            + "<FilterRule><Name>Prefix</Name><Value>raw/</Value></FilterRule>"
            + "<FilterRule><Name>Suffix</Name><Value>.json</Value></FilterRule></S3Key></Filter>"
            + "<Queue>" + Stream + "kept</Queue>"
            + "<Event>s3:ObjectCreated:*</Event><Event>s3:ObjectRemoved:Delete</Event></QueueConfiguration>";

        (await PutAsync(bucket, Rules)).Ok();

        Assert.Equal(Rules, Inner((await scene.S3Async(HttpMethod.Get, $"/{bucket}?notification")).Ok().Xml));
        var test = JsonNode.Parse(Assert.Single(await ReadAsync("kept")))!;
        Assert.Equal(("Amazon S3", "s3:TestEvent", bucket), (
            (string)test["Service"]!, (string)test["Event"]!, (string)test["Bucket"]!));
        Assert.NotEmpty((string)test["RequestId"]!);

        (await PutAsync(bucket, "")).Ok();
        Assert.Equal("", Inner((await scene.S3Async(HttpMethod.Get, $"/{bucket}?notification")).Ok().Xml));
        Assert.Single(await ReadAsync("kept"));
    }

    [Fact]
    public async Task Put_WithoutId_GetsOne()
    {
        var bucket = await MakeAsync("unnamed");

        (await PutAsync(
            bucket, $"<QueueConfiguration><Queue>{Stream}unnamed</Queue>{Created}</QueueConfiguration>")).Ok();

        var rule = Assert.Single(scene.Engine<IBucketNotifications>().Find(bucket)!.Rules);
        Assert.Equal(32, rule.Id.Length);
        Assert.Equal((null, null), (rule.Prefix, rule.Suffix));
    }

    [Fact]
    public async Task EachWayToChangeAnObject_HasItsEvent()
    {
        var bucket = await MakeAsync("ways");
        (await PutAsync(
            bucket,
            $"<QueueConfiguration><Queue>{Stream}ways</Queue>{Created}<Event>s3:ObjectRemoved:*</Event>"
            + "<Event>s3:ObjectTagging:*</Event></QueueConfiguration>")).Ok();

        (await scene.S3Async(HttpMethod.Put, $"/{bucket}/a", "abc"u8.ToArray())).Ok();
        (await scene.S3Async(HttpMethod.Put, $"/{bucket}/b", [], $"x-amz-copy-source:/{bucket}/a")).Ok();
        (await scene.S3Async(
            HttpMethod.Put,
            $"/{bucket}/a?tagging",
            Encoding.UTF8.GetBytes("<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>")))
            .Ok();
        (await scene.S3Async(HttpMethod.Delete, $"/{bucket}/a?tagging")).Ok();
        (await scene.S3Async(HttpMethod.Delete, $"/{bucket}/a")).Ok();
        (await new SentForm(scene).SendSignedAsync($"/{bucket}", ("key", "form"))).Ok();

        Assert.Equal(
            [
                "ObjectCreated:Put a", "ObjectCreated:Copy b", "ObjectTagging:Put a", "ObjectTagging:Delete a",
                "ObjectRemoved:Delete a", "ObjectCreated:Post form",
            ],
            scene.Engine<IEventOutbox>().Read("ways", 100)
                .Select(e => $"{ObjectEventNames.Of(e.What)} {e.Key.Key}"));
    }

    [Theory]
    [InlineData(Queue, "MalformedXML", "Event")]
    [InlineData(Created, "MalformedXML", "Queue")]
    [InlineData(Queue + "<Event>s3:ObjectCreated:Move</Event>", "InvalidArgument", "s3:ObjectCreated:Move")]
    [InlineData(Queue + "<Event>s3:ObjectRestore:*</Event>", "NotImplemented", "s3:ObjectRestore:*")]
    [InlineData(Queue + "<Event>s3:ObjectAcl:Put</Event>", "NotImplemented", "s3:ObjectAcl:Put")]
    [InlineData("<Queue>arn:aws:sqs:us-east-1:000000000000:q</Queue>" + Created, "InvalidArgument", ":stream/NAME")]
    [InlineData("<Queue>told</Queue>" + Created, "InvalidArgument", "destination ARN")]
    [InlineData(
        "<Queue>arn:aws:kinesis:us-east-1:111111111111:stream/told</Queue>" + Created, "InvalidArgument",
        "destination ARN")]
    [InlineData("<Queue>" + Stream + "absent</Queue>" + Created, "InvalidArgument", "Unable to validate")]
    [InlineData(Queue + Created + "<Retries>3</Retries>", "NotImplemented", "Retries")]
    [InlineData(
        Queue + Created + "<Filter><S3Key><FilterRule><Name>infix</Name><Value>x</Value></FilterRule></S3Key></Filter>",
        "InvalidArgument", "either prefix or suffix")]
    [InlineData(
        Queue + Created + "<Filter><S3Key><FilterRule><Name>prefix</Name><Value>x</Value></FilterRule>"
        + "<FilterRule><Name>Prefix</Name><Value>y</Value></FilterRule></S3Key></Filter>",
        "InvalidArgument", "more than one prefix")]
    public async Task Put_WhatIsNoRule_IsRefused(string rule, string code, string words)
    {
        var bucket = await MakeAsync("told");

        var answer = await PutAsync(bucket, $"<QueueConfiguration>{rule}</QueueConfiguration>");

        Assert.Equal(code, answer.Code);
        Assert.Contains(words, answer.Xml.Value, StringComparison.Ordinal);
        Assert.Null(scene.Engine<IBucketNotifications>().Find(bucket));
    }

    [Theory]
    [InlineData("<TopicConfiguration><Topic>arn:aws:sns:us-east-1:000000000000:t</Topic></TopicConfiguration>")]
    [InlineData("<CloudFunctionConfiguration><CloudFunction>f</CloudFunction></CloudFunctionConfiguration>")]
    [InlineData("<EventBridgeConfiguration/>")]
    public async Task Put_AnotherTarget_IsRefusedByNameWithTheFormOfAStream(string target)
    {
        var bucket = await MakeAsync("told");

        var answer = await PutAsync(bucket, target);

        answer.MustFail(HttpStatusCode.NotImplemented, "NotImplemented", "NAME");
        Assert.Contains(XElement.Parse(target).Name.LocalName, answer.Xml.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_RulesThatMeanTheSameEventOfAKey_IsRefused()
    {
        var bucket = await MakeAsync("told");

        (await PutAsync(bucket, Rule("a", "s3:ObjectCreated:*", "raw/") + Rule("b", "s3:ObjectCreated:Put", "raw/x/")))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgument", "overlapping");
        (await PutAsync(bucket, Rule("a", "s3:ObjectCreated:*", "raw/") + Rule("a", "s3:ObjectRemoved:*", "")))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgument", "Same ID");
        (await PutAsync(bucket, Rule("a", "s3:ObjectCreated:*", "raw/") + Rule("b", "s3:ObjectCreated:Put", "csv/")))
            .Ok();
        (await PutAsync(bucket, "")).Ok();

        static string Rule(string id, string name, string prefix) =>
            $"<QueueConfiguration><Id>{id}</Id><Filter><S3Key><FilterRule><Name>prefix</Name><Value>{prefix}</Value>"
            + $"</FilterRule></S3Key></Filter>{Queue}<Event>{name}</Event></QueueConfiguration>";
    }

    [Fact]
    public async Task Put_SkippingValidation_TakesAStreamThatIsNotThere()
    {
        var bucket = await MakeAsync("skipping");
        var body = Encoding.UTF8.GetBytes(
            $"<NotificationConfiguration><QueueConfiguration><Queue>{Stream}later</Queue>{Created}"
            + "</QueueConfiguration></NotificationConfiguration>");

        (await scene.S3Async(
            HttpMethod.Put, $"/{bucket}?notification", body, "x-amz-skip-destination-validation:true")).Ok();

        Assert.Equal("later", Assert.Single(scene.Engine<IBucketNotifications>().Find(bucket)!.Rules).Stream);
        (await scene.S3Async(HttpMethod.Get, "/nowhere?notification")).MustFail(
            HttpStatusCode.NotFound, "NoSuchBucket");
    }

    private static string Inner(XElement answer) => string.Concat(answer.Elements().Select(
        rule => rule.ToString(SaveOptions.DisableFormatting)));

    private async Task<string> MakeAsync(string stream)
    {
        var bucket = "bucket-" + stream;
        (await scene.S3Async(HttpMethod.Put, "/" + bucket)).Ok();
        if (scene.Streams.Find(stream) is null)
        {
            await scene.Streams.CreateAsync(new StreamSpec { Name = stream }, None);
        }

        return bucket;
    }

    private Task<Answer> PutAsync(string bucket, string rules) => scene.S3Async(
        HttpMethod.Put,
        $"/{bucket}?notification",
        Encoding.UTF8.GetBytes($"<NotificationConfiguration>{rules}</NotificationConfiguration>"));

    private async Task<IReadOnlyList<string>> ReadAsync(string stream)
    {
        var shard = scene.Streams.Find(stream)!.Shards[0].ShardId;
        var from = await scene.Streams.ResolveAsync(stream, shard, new StartPosition.TrimHorizon(), None);
        var batch = await scene.Streams.ReadAsync(stream, shard, from, new ReadBounds(100, 1 << 20), None);
        return [.. batch.Records.Select(record => Encoding.UTF8.GetString(record.Data.Span))];
    }
}
