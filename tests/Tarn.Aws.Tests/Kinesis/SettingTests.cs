using System.Net;
using System.Text.Json.Nodes;
using Tarn.Aws.Tests.Scenes;

namespace Tarn.Aws.Tests.Kinesis;

/// <summary>Settings of streams and of the account.</summary>
public sealed class SettingTests : IAsyncLifetime
{
    private const string ArnPrefix = "arn:aws:kinesis:us-east-1:000000000000:stream/";

    private readonly AwsScene _scene = new();

    public Task InitializeAsync() => _scene.InitializeAsync();

    public Task DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task EnhancedMonitoring_OnAndOff_SaysBeforeAndAfter()
    {
        await CreateAsync("watched", 1);

        var on = (await MonitorAsync("EnableEnhancedMonitoring", "IncomingBytes", "OutgoingRecords")).Ok().Json;
        var off = (await MonitorAsync("DisableEnhancedMonitoring", "IncomingBytes")).Ok().Json;
        var all = (await MonitorAsync("EnableEnhancedMonitoring", "ALL")).Ok().Json;

        Assert.Empty(Names(on, "CurrentShardLevelMetrics"));
        Assert.Equal(["IncomingBytes", "OutgoingRecords"], Names(on, "DesiredShardLevelMetrics"));
        Assert.Equal(["OutgoingRecords"], Names(off, "DesiredShardLevelMetrics"));
        Assert.Equal(7, Names(all, "DesiredShardLevelMetrics").Length);
        Assert.Equal(ArnPrefix + "watched", (string)all["StreamARN"]!);
        var summary = await SummaryAsync("watched");
        Assert.Equal(7, Names(summary["EnhancedMonitoring"]![0]!, "ShardLevelMetrics").Length);
    }

    [Theory]
    [InlineData("Nonsense", "enum value set")]
    [InlineData("None", "enum value set")]
    [InlineData("All", "enum value set")]
    public async Task EnhancedMonitoring_UnknownMetric_IsRefused(string metric, string message)
    {
        await CreateAsync("watched", 1);

        (await MonitorAsync("EnableEnhancedMonitoring", metric))
            .MustFail(HttpStatusCode.BadRequest, "ValidationException", message);
        (await MonitorAsync("EnableEnhancedMonitoring"))
            .MustFail(HttpStatusCode.BadRequest, "ValidationException", "greater than or equal to 1");
    }

    [Theory]
    [InlineData(23, "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short")]
    [InlineData(8761, "Maximum allowed retention period is 8760 hours.")]
    public async Task Retention_OutOfBounds_IsRefused(int hours, string message)
    {
        await CreateAsync("kept", 1);

        (await _scene.KinesisAsync(
            "IncreaseStreamRetentionPeriod",
            new JsonObject { ["StreamName"] = "kept", ["RetentionPeriodHours"] = hours }))
            .MustFail(HttpStatusCode.BadRequest, "InvalidArgumentException", message);
    }

    [Fact]
    public async Task MaxRecordSize_Raised_IsDescribed()
    {
        (await _scene.KinesisAsync("CreateStream", new JsonObject
        {
            ["StreamName"] = "wide",
            ["ShardCount"] = 1,
            ["MaxRecordSizeInKiB"] = 2048,
        })).Ok();
        Assert.Equal(2048, (int)(await SummaryAsync("wide"))["MaxRecordSizeInKiB"]!);

        (await SizeAsync(10240)).Ok();
        Assert.Equal(10240, (int)(await SummaryAsync("wide"))["MaxRecordSizeInKiB"]!);
        (await SizeAsync(1023)).MustFail(HttpStatusCode.BadRequest, "ValidationException", "1024");
        (await SizeAsync(10241)).MustFail(HttpStatusCode.BadRequest, "ValidationException", "10240");
    }

    [Fact]
    public async Task DescribeLimits_SomeStreams_CountsThem()
    {
        await CreateAsync("one", 3);
        await CreateAsync("two", 2);
        (await _scene.KinesisAsync("CreateStream", new JsonObject
        {
            ["StreamName"] = "demand",
            ["StreamModeDetails"] = new JsonObject { ["StreamMode"] = "ON_DEMAND" },
        })).Ok();

        var limits = (await _scene.KinesisAsync("DescribeLimits", new JsonObject())).Ok().Json;

        Assert.Equal(9, (int)limits["OpenShardCount"]!);
        Assert.Equal(1, (int)limits["OnDemandStreamCount"]!);
    }

    [Fact]
    public async Task AccountSettings_Commitment_IsOffAndStaysSo()
    {
        static JsonObject Wanted(string status) => new()
        {
            ["MinimumThroughputBillingCommitment"] = new JsonObject { ["Status"] = status },
        };

        var described = (await _scene.KinesisAsync("DescribeAccountSettings", new JsonObject())).Ok().Json;
        var updated = (await _scene.KinesisAsync("UpdateAccountSettings", Wanted("DISABLED"))).Ok().Json;

        Assert.Equal("DISABLED", (string)described["MinimumThroughputBillingCommitment"]!["Status"]!);
        Assert.Equal("DISABLED", (string)updated["MinimumThroughputBillingCommitment"]!["Status"]!);
        (await _scene.KinesisAsync("UpdateAccountSettings", Wanted("ENABLED"))).MustFail(
            HttpStatusCode.BadRequest, "ValidationException", "MinimumThroughputBillingCommitment");
        (await _scene.KinesisAsync("UpdateAccountSettings", Wanted("MAYBE"))).MustFail(
            HttpStatusCode.BadRequest, "ValidationException", "enum value set");
    }

    private static string[] Names(JsonNode answer, string member) =>
        [.. answer[member]!.AsArray().Select(name => (string)name!)];

    private async Task CreateAsync(string stream, int shards) => (await _scene.KinesisAsync(
        "CreateStream", new JsonObject { ["StreamName"] = stream, ["ShardCount"] = shards })).Ok();

    private Task<Answer> MonitorAsync(string operation, params string[] metrics) =>
        _scene.KinesisAsync(operation, new JsonObject
        {
            ["StreamName"] = "watched",
            ["ShardLevelMetrics"] = new JsonArray([.. metrics.Select(metric => (JsonNode)metric)]),
        });

    private Task<Answer> SizeAsync(int kib) => _scene.KinesisAsync("UpdateMaxRecordSize", new JsonObject
    {
        ["StreamARN"] = ArnPrefix + "wide",
        ["MaxRecordSizeInKiB"] = kib,
    });

    private async Task<JsonNode> SummaryAsync(string stream) => (await _scene.KinesisAsync(
        "DescribeStreamSummary",
        new JsonObject { ["StreamName"] = stream })).Ok().Json["StreamDescriptionSummary"]!;
}
