using Tarn.Delivery.Checkpoints;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Prefixes;
using Tarn.Delivery.Processing;
using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Batches;

/// <summary>
/// The records of a batch that failed: a staged object per type of failure, a line each, in Firehose's form.
/// </summary>
internal sealed class FailureObjects(BatchScene scene, Staging staging, LakeIdentity lake) : IAsyncDisposable
{
    private readonly SortedDictionary<string, StagedObject> _objects = new(StringComparer.Ordinal);
    private readonly PrefixExpression _prefix = Prefixes(scene.Lane).Error;
    private readonly FailureTable? _table = TableOf(scene.Lane.Destination, lake);

    public void Add(FailedRecord failed)
    {
        if (!_objects.TryGetValue(failed.ErrorType, out var target))
        {
            target = staging.NewObject(scene.Lane.Output.Compression);
            _objects.Add(failed.ErrorType, target);
        }

        FailureLine.Write(target.Output, failed, scene.StartedAt, _table);
        target.EndLine();
    }

    public async ValueTask DrainAsync()
    {
        foreach (var item in _objects.Values.Where(item => item.IsFull))
        {
            await item.DrainAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The finished files, by type of failure, each with the object that it becomes.</summary>
    public async Task<IReadOnlyList<SealedOutput>> FinishAsync(BatchRange range)
    {
        var finished = new List<SealedOutput>();
        foreach (var (type, item) in _objects)
        {
            if (await item.FinishAsync().ConfigureAwait(false) is { } file)
            {
                finished.Add(new SealedOutput(Folder: null, Plan(type, range, file.Records), file));
            }
        }

        return finished;
    }

    /// <summary>The object that failures of a type become.</summary>
    public PlannedOutput Plan(string type, in BatchRange range, long records)
    {
        var zone = TimeZones.Find(scene.Lane.Output.TimeZone, "time zone");
        var folder = _prefix.Evaluate(new PrefixValues
        {
            Time = TimeZoneInfo.ConvertTime(scene.OldestArrival, zone),
            ErrorType = type,
            Seed = scene.First,
        });
        return new PlannedOutput
        {
            Object = OutputNames.Failures(scene.Lane, folder, scene.ShardId, range).ToString(),
            Kind = OutputKind.Failures,
            Records = records,
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var item in _objects.Values)
        {
            await item.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static PrefixPair Prefixes(DeliveryLane lane) => PrefixPair.Parse(
        lane.Output.Prefix,
        lane.Output.ErrorPrefix,
        lane.Destination is ObjectDestination { Partitioning: not null },
        "prefix",
        "error prefix");

    private static FailureTable? TableOf(DeliveryDestination destination, LakeIdentity lake) =>
        destination is ObjectDestination { Conversion: { } conversion }
            ? new FailureTable(
                lake.AccountId,
                conversion.Database,
                conversion.Table,
                lake.Region,
                conversion.VersionId,
                lake.Arn("glue", "catalog"))
            : null;
}
