using Tarn.Delivery.EventTimes;
using Tarn.Delivery.Prefixes;
using Tarn.Delivery.Processing;

namespace Tarn.Delivery.Batches;

/// <summary>
/// Finds the folder that a record goes to: the prefix with the time and the keys of the record in place. Not
/// thread-safe: one batch's.
/// </summary>
internal sealed class OutputRoutes
{
    private const int SecondsMax = 10_000;

    private readonly PrefixExpression _prefix;
    private readonly EventTimeReader? _eventTimes;
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset _arrival;
    private readonly ulong _seed;
    private readonly bool _usesKeys;
    private readonly Dictionary<long, string> _bySecond = [];
    private (long Second, string? Folder) _last = (-1, null);
    private string? _only;

    public OutputRoutes(ObjectDestination destination, BatchScene scene)
    {
        var output = destination.Output;
        _prefix = PrefixExpression.Parse(output.Prefix, PrefixKind.Data, "prefix");
        _eventTimes = destination.EventTime is { } time ? new EventTimeReader(time) : null;
        _zone = TimeZones.Find(output.TimeZone, "time zone");
        _arrival = TimeZoneInfo.ConvertTime(scene.OldestArrival, _zone);
        _seed = scene.First;
        _usesKeys = _prefix.UsesQueryKeys || _prefix.UsesLambdaKeys;
    }

    /// <summary>The folder, or null and why there is none.</summary>
    public string? Find(in FlowRecord record, out string fault)
    {
        fault = "";
        if (_eventTimes is not null)
        {
            var reading = _eventTimes.Read(record.Data.Span);
            return reading.Time is { } time
                ? ByTime(record, TimeZoneInfo.ConvertTime(time, _zone), out fault)
                : Fault($"the record {reading.Reason}", out fault);
        }

        return _usesKeys ? Evaluate(record, _arrival, out fault) : _only ??= Evaluate(record, _arrival, out fault);
    }

    private static string? Fault(string reason, out string fault)
    {
        fault = reason;
        return null;
    }

    private string? ByTime(in FlowRecord record, DateTimeOffset time, out string fault)
    {
        fault = "";
        if (_usesKeys)
        {
            return Evaluate(record, time, out fault);
        }

        var second = time.UtcTicks / TimeSpan.TicksPerSecond;
        if (_last.Second == second)
        {
            return _last.Folder;
        }

        if (!_bySecond.TryGetValue(second, out var folder))
        {
            // Whoever sends times all over the calendar must not fill the memory.
            if (_bySecond.Count >= SecondsMax)
            {
                _bySecond.Clear();
            }

            folder = Evaluate(record, time, out fault);
            if (folder is null)
            {
                return null;
            }

            _bySecond.Add(second, folder);
        }

        _last = (second, folder);
        return folder;
    }

    private string? Evaluate(in FlowRecord record, DateTimeOffset time, out string fault)
    {
        var values = new PrefixValues
        {
            Time = time,
            QueryKeys = record.QueryKeys,
            LambdaKeys = record.LambdaKeys,
            Seed = _seed,
        };
        var isFound = _prefix.TryEvaluate(values, out var folder, out var reason);
        fault = isFound ? "" : $"the prefix {reason}";
        return folder;
    }
}
