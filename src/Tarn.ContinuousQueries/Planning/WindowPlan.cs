using Tarn.ContinuousQueries.Zones;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>Windows of a relation, all in microseconds.</summary>
/// <param name="TimeColumn">The source's column that the windows cut.</param>
/// <param name="Size">Length; of a session the gap.</param>
/// <param name="Slide">From one window's start to the next one's; of TUMBLE and SESSION the size.</param>
/// <param name="Offset">Where a window starts, from 1970-01-01 UTC, or local time of the zone.</param>
internal sealed record WindowPlan(WindowKind Kind, string TimeColumn, long Size, long Slide, long Offset)
{
    public const string StartColumn = "window_start";
    public const string EndColumn = "window_end";

    /// <summary>Stands in batch SQL where the end of what is closed comes; of full length, so that no user writes
    /// it.</summary>
    public const string ClosedLiteral = "-9223372036854775807";

    /// <summary>The zone by whose local time windows begin and end; null: UTC, where all are equally long.</summary>
    public ZoneClock? Zone { get; init; }

    /// <summary>End of the last window that an event belongs to.</summary>
    public long LastEnd(long time) => Kind == WindowKind.Session
        ? time + Size
        : Zone is { } zone ? zone.InstantOf(zone.SlotOf(time, Slide, Offset) + Size)
        : time - Remainder(time - Offset, Slide) + Size;

    private static long Remainder(long value, long size) => ((value % size) + size) % size;
}
