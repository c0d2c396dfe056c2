namespace Tarn.Benchmarks.Views;

/// <summary>A query written by hand as it would be without an engine: the ceiling.</summary>
internal interface IHandCount
{
    void Add(ReadOnlySpan<byte> json);

    /// <summary>Records counted.</summary>
    long Total { get; }
}
