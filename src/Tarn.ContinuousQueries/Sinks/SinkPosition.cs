namespace Tarn.ContinuousQueries.Sinks;

/// <summary>What a sink's snapshot says of its output.</summary>
/// <param name="Epoch">Epochs that gave output, so far.</param>
/// <param name="Since">Changes up to this version are in the output; -1: none are.</param>
/// <param name="RecordsOut">Rows and removals of all epochs.</param>
/// <param name="Output">The file in the same folder that holds the output of <paramref name="Epoch"/>; null: there was
/// none.</param>
internal sealed record SinkPosition(long Epoch, long Since, long RecordsOut, string? Output);
