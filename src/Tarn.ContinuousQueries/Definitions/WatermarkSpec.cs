namespace Tarn.ContinuousQueries.Definitions;

/// <summary>WATERMARK FOR column AS column - INTERVAL delay.</summary>
/// <param name="Column">The column that holds the event time, TIMESTAMP or TIMESTAMPTZ.</param>
/// <param name="DelayMicroseconds">How far the watermark stays behind the newest event, 0 or more.</param>
internal sealed record WatermarkSpec(string Column, long DelayMicroseconds);
