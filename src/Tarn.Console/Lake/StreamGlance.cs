using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Lake;

/// <summary>A stream at a glance.</summary>
/// <param name="RatePerSecond">Records taken between the last two looks, per second; null at the first.</param>
/// <param name="Rates">The rates of the last looks, oldest first.</param>
/// <param name="LastRecordAt">When the newest record arrived; null when there is none.</param>
internal sealed record StreamGlance(
    StreamDescription Stream,
    StreamFigures? Figures,
    double? RatePerSecond,
    IReadOnlyList<double> Rates,
    DateTimeOffset? LastRecordAt);
