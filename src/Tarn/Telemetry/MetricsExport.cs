using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Tarn.Configuration;

namespace Tarn.Telemetry;

/// <summary>
/// Shows the rooms' meters, and those of the runtime: as Prometheus text to whoever asks, and to an OpenTelemetry
/// collector when one is set.
/// </summary>
internal static class MetricsExport
{
    /// <summary>Per metric; the SDK's own limit is 2,000, and a lake may hold more streams and shards.</summary>
    private const int SeriesMax = 20_000;

    private const string MetricsPath = "v1/metrics";

    private static readonly string[] Meters =
        ["Tarn.Storage", "Tarn.Streams", "Tarn.Delivery", "Tarn.ContinuousQueries", "Tarn.Jobs", "System.Runtime"];

    public static void Add(IServiceCollection services, TarnOptions options) => services
        .AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("tarn"))
        .WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters);
            metrics.AddView(instrument =>
                instrument.IsObservable && instrument.Name.StartsWith("tarn.", StringComparison.Ordinal)
                    ? new MetricStreamConfiguration { CardinalityLimit = SeriesMax }
                    : null);
            metrics.AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0);
            if (options.OtlpEndpoint is { } endpoint)
            {
                metrics.AddOtlpExporter((exporter, reader) =>
                {
                    exporter.Endpoint = endpoint.AbsolutePath == "/" ? new Uri(endpoint, MetricsPath) : endpoint;
                    exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                        options.OtlpIntervalSeconds * 1000;
                });
            }
        });

    /// <summary><c>GET /metrics</c>.</summary>
    public static void Map(IEndpointRouteBuilder endpoints, IServiceProvider engines) =>
        endpoints.MapPrometheusScrapingEndpoint(
            "/metrics",
            engines.GetRequiredService<MeterProvider>(),
            configureBranchedPipeline: null,
            optionsName: null);
}
