using Tarn.Primitives.Functions;

namespace Tarn.ContinuousQueries.Zones;

/// <summary>A zone's windows in SQL: the same computation as for late records.</summary>
internal static class ZoneFunctions
{
    private static ZoneClock? _last;

    public static IReadOnlyList<ScalarFunction> All { get; } =
    [
        new("tarn_zone_slot", ["VARCHAR", "BIGINT", "BIGINT", "BIGINT"], "BIGINT", row => row.SetInt64(
            ClockOf(row).SlotOf(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)))),
        new("tarn_zone_instant", ["VARCHAR", "BIGINT"], "BIGINT", row => row.SetInt64(
            ClockOf(row).InstantOf(row.GetInt64(1)))),
    ];

    private static ZoneClock ClockOf(FunctionRow row)
    {
        var id = row.GetBytes(0);
        if (_last is { } last && id.SequenceEqual(last.Utf8))
        {
            return last;
        }

        return _last = ZoneClock.Find(row.GetText(0));
    }
}
