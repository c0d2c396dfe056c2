using Tarn.Delivery.Prefixes;
using Tarn.Delivery.Processing;

namespace Tarn.Delivery.Batches;

/// <summary>
/// Finds the folder that a record goes to: the prefix with the time and the keys of the record in place. Not
/// thread-safe: one batch's.
/// </summary>
internal sealed class OutputRoutes
{
    private readonly PrefixExpression _prefix;
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset _arrival;
    private readonly ulong _seed;
    private readonly bool _usesKeys;
    private string? _only;

    public OutputRoutes(ObjectDestination destination, BatchScene scene)
    {
        var output = destination.Output;
        _prefix = PrefixExpression.Parse(output.Prefix, PrefixKind.Data, "prefix");
        _zone = TimeZones.Find(output.TimeZone, "time zone");
        _arrival = TimeZoneInfo.ConvertTime(scene.OldestArrival, _zone);
        _seed = scene.First;
        _usesKeys = _prefix.UsesQueryKeys || _prefix.UsesLambdaKeys;
    }

    /// <summary>The folder, or null and why there is none.</summary>
    public string? Find(in FlowRecord record, out string fault)
    {
        fault = "";
        return _usesKeys ? Evaluate(record, _arrival, out fault) : _only ??= Evaluate(record, _arrival, out fault);
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
