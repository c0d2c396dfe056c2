namespace Tarn.Delivery.Lanes;

/// <summary>
/// One way that a delivery stream's records go, with checkpoints of its own: to the destination, or to the backup of
/// the records as they came.
/// </summary>
internal sealed record DeliveryLane
{
    /// <summary>Of the delivery stream.</summary>
    public required string Delivery { get; init; }

    public required bool IsBackup { get; init; }

    /// <summary>The stream whose log is read.</summary>
    public required string Stream { get; init; }

    /// <summary>True when that is a stream of the user's, false when it is the delivery stream's own log.</summary>
    public required bool IsFromStream { get; init; }

    /// <summary>Records that arrived before are not read; null: all are.</summary>
    public DateTimeOffset? From { get; init; }

    public required DeliveryDestination Destination { get; init; }

    /// <summary>What the names of its checkpoints begin with.</summary>
    public string Key => IsBackup ? $"{Delivery}/backup" : Delivery;

    public TimeSpan BufferTime => TimeSpan.FromSeconds(
        Destination is EndpointDestination endpoint ? endpoint.BufferSeconds : Output.BufferSeconds);

    public long BufferBytesMax =>
        Destination is EndpointDestination endpoint ? endpoint.BufferBytesMax : Output.BufferBytesMax;

    /// <summary>Where objects go; of an endpoint, those of records that it did not take.</summary>
    public ObjectOutput Output => Destination switch
    {
        ObjectDestination objects => objects.Output,
        EndpointDestination endpoint => endpoint.Output,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>One, or two with a backup.</summary>
    public static IReadOnlyList<DeliveryLane> Of(DeliverySpec spec)
    {
        var main = new DeliveryLane
        {
            Delivery = spec.Name,
            IsBackup = false,
            Stream = DirectPutLog.StreamOf(spec),
            IsFromStream = spec.Source is DeliverySource.FromStream,
            From = (spec.Source as DeliverySource.FromStream)?.From,
            Destination = spec.Destination with { Declared = null }, // plans need no text of a front door
        };
        return BackupOf(spec.Destination) is { } output
            ? [main, main with { IsBackup = true, Destination = new ObjectDestination { Output = output } }]
            : [main];
    }

    private static ObjectOutput? BackupOf(DeliveryDestination destination) => destination switch
    {
        ObjectDestination objects => objects.Backup,
        EndpointDestination { BackupAll: true } endpoint => endpoint.Output,
        _ => null,
    };
}
