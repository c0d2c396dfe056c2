namespace Tarn.Benchmarks.Ingest.Servers;

/// <summary>How a server tells what it has allocated.</summary>
internal enum AllocationSource
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>A server of this program: a line on its standard input is answered by a number.</summary>
    Line,

    /// <summary>Tarn: a metric of the runtime at its console's <c>/metrics</c>.</summary>
    Metrics,
}
