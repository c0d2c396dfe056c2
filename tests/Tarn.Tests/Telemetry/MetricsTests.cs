using System.Net;
using System.Text;
using Tarn.Clients;

namespace Tarn.Tests.Telemetry;

/// <summary>Metrics as an operator's Prometheus and collector meet them.</summary>
[Collection(nameof(MetricsCollection))]
public sealed class MetricsTests
{
    private const string Project = """
        streams:
          scores:
            shards: 2
        tables:
          raw.scores:
            format: json
            location: s3://lake/raw/scores/
            columns: { score: bigint }
            partitioned_by: { year: string, month: string, day: string, hour: string }
        delivery:
          raw_scores:
            stream: scores
            table: raw.scores
            buffer_seconds: 900
        """;

    [Fact]
    public async Task Scrape_AfterPuts_IsStrictPrometheusTextWithWhatWasPut()
    {
        await using var server = await ServerFixture.StartAsync(Project, options => options);
        await server.Kinesis.PutRecordsAsync("scores", [Entry("1"), Entry("2"), Entry("3")], CancellationToken.None);
        using var response = await server.Http.GetAsync("/metrics");
        var text = PrometheusText.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(3, text.Value("tarn_stream_incoming_records_total", "stream=\"scores\""));
        Assert.Equal(6, text.Value("tarn_stream_incoming_bytes_total", "stream=\"scores\""));
        Assert.Equal(2, text.Value("tarn_stream_open_shards", "stream=\"scores\""));
        Assert.Equal("histogram", text.Families["tarn_stream_fsync_duration_seconds"]);
        Assert.Equal(3, text.Value("tarn_stream_commit_records_sum"));
        Assert.Equal("gauge", text.Families["tarn_consumer_lag_milliseconds"]);
        Assert.True(text.Value("dotnet_gc_heap_total_allocated_bytes_total") > 0);
        Assert.True(text.Value("dotnet_process_memory_working_set_bytes") > 0);
    }

    [Fact]
    public async Task Scrape_WhileDeliveryGathers_ShowsItsLagUnderItsName()
    {
        await using var server = await ServerFixture.StartAsync(Project, options => options);
        await server.Kinesis.PutRecordsAsync("scores", [Entry("1"), Entry("2")], CancellationToken.None);
        string[] labels = ["stream=\"scores\"", "consumer=\"raw_scores\"", "kind=\"delivery\""];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        double records;
        do
        {
            records = PrometheusText.Parse(await server.Http.GetStringAsync("/metrics", limit.Token))
                .Value("tarn_consumer_lag_records", labels);
        }
        while (records < 2);

        Assert.Equal(2, records);
    }

    [Fact]
    public async Task Scrape_AsOpenMetrics_EndsWithItsMark()
    {
        await using var server = await ServerFixture.StartAsync(Project, options => options);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Accept", "application/openmetrics-text; version=1.0.0");
        using var response = await server.Http.SendAsync(request);

        Assert.Equal("application/openmetrics-text", response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("# EOF\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not the secret")]
    public async Task Scrape_WithoutTheKey_IsRefused(string? secret)
    {
        await using var server = await ServerFixture.StartAsync(Project, options => options);
        server.Http.DefaultRequestHeaders.Authorization =
            secret is null ? null : ServerFixture.Basic(ServerFixture.Key.AccessKeyId, secret);
        using var response = await server.Http.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain("tarn_stream", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_WhenSet_IsSentTheMetrics()
    {
        using var collector = new CollectorStandIn();
        await using var server = await ServerFixture.StartAsync(
            Project,
            options => options with { OtlpEndpoint = collector.Address, OtlpIntervalSeconds = 1 });
        var (path, body) = await collector.Received.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("/v1/metrics", path);
        Assert.Contains("tarn.stream.open.shards", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    private static PutEntry Entry(string data) => new("k", Encoding.UTF8.GetBytes(data));
}
