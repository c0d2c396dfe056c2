using System.Collections.Concurrent;
using System.Text;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Zones;

/// <summary>
/// The local time of a zone, in microseconds like everything here. A local time stands for the first instant at which
/// the zone's clocks show it or a later one, so that every local time has one, in order: one that is skipped stands for
/// the moment of the change, one that comes twice for the first. Thread-safe.
/// </summary>
internal sealed class ZoneClock
{
    private const long Day = 86_400_000_000;
    private const int InstantsMax = 4_096;
    private static readonly ConcurrentDictionary<string, ZoneClock> Known = new(StringComparer.Ordinal);
    private static readonly long MicrosMin = (DateTime.MinValue - DateTime.UnixEpoch).Ticks / 10;
    private static readonly long MicrosMax = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / 10;
    private readonly TimeZoneInfo _zone;
    private readonly ConcurrentDictionary<long, long> _instants = new();
    private Slot _last = new(0, 0, 0, 0, 0);

    private ZoneClock(TimeZoneInfo zone)
    {
        _zone = zone;
        Utf8 = Encoding.UTF8.GetBytes(zone.Id);
    }

    /// <summary>IANA id.</summary>
    public string Id => _zone.Id;

    public byte[] Utf8 { get; }

    /// <summary>The zone of that IANA id. Throws Invalid with the nearest known one.</summary>
    public static ZoneClock Find(string id)
    {
        if (Known.TryGetValue(id, out var known))
        {
            return known;
        }

        var isPlain = id.Length > 0 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '-' or '/');
        if (!isPlain || !TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) || !zone.HasIanaId)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"'{id}' is not a time zone that is known here",
                hint: Suggestion.Hint(id, TimeZoneInfo.GetSystemTimeZones().Select(other => other.Id))
                    ?? "an IANA id, such as 'Europe/Berlin'");
        }

        return Known.GetOrAdd(zone.Id, _ => new ZoneClock(zone));
    }

    /// <summary>The local time, a multiple of the slide after the offset, from which on to the next such the instant
    /// lies.</summary>
    public long SlotOf(long time, long slide, long offset)
    {
        var last = _last;
        if (last.Slide == slide && last.Offset == offset && time >= last.Start && time < last.End)
        {
            return last.Local;
        }

        var shifted = time + OffsetAt(time) - offset;
        var local = shifted - (((shifted % slide) + slide) % slide) + offset;
        while (time >= InstantOf(local + slide))
        {
            local += slide;
        }

        _last = new Slot(slide, offset, InstantOf(local), InstantOf(local + slide), local);
        return local;
    }

    /// <summary>The instant that a local time stands for.</summary>
    public long InstantOf(long local)
    {
        if (_instants.TryGetValue(local, out var known))
        {
            return known;
        }

        if (_instants.Count >= InstantsMax)
        {
            _instants.Clear();
        }

        return _instants[local] = FindInstant(local);
    }

    private long FindInstant(long local)
    {
        var (before, after) = (local - Day, local + Day);
        var (first, second) = (OffsetAt(before), OffsetAt(after));
        if (first == second)
        {
            return local - first;
        }

        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (OffsetAt(middle) == first)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return local - first < after ? local - first : Math.Max(after, local - second);
    }

    private long OffsetAt(long time)
    {
        var utc = DateTime.UnixEpoch.AddTicks(Math.Clamp(time, MicrosMin, MicrosMax) * TimeSpan.TicksPerMicrosecond);
        return _zone.GetUtcOffset(utc).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>Where the last instant that was asked for lay: the next one mostly lies there too.</summary>
    private sealed record Slot(long Slide, long Offset, long Start, long End, long Local);
}
