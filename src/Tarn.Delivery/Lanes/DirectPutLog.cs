using Tarn.Primitives.Errors;
using Tarn.Streams;

namespace Tarn.Delivery.Lanes;

/// <summary>
/// The logs of delivery streams that records are put into directly: internal streams, so that every record takes the
/// same road. One shard each, so that a batch is one object. Records stay for a day, as long as Firehose tries a
/// destination that is down.
/// </summary>
internal sealed class DirectPutLog(IStreams streams)
{
    private const string Prefix = "$delivery.";
    private const int RetentionHours = 24;

    /// <summary>The stream that a delivery stream reads.</summary>
    public static string StreamOf(DeliverySpec spec) => spec.Source switch
    {
        DeliverySource.FromStream source => source.Stream,
        DeliverySource.DirectPut => StreamOf(spec.Name),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The log of a delivery stream of this name that records are put into.</summary>
    public static string StreamOf(string delivery) => Prefix + delivery;

    /// <summary>Makes the log of a delivery stream that has one, unless it is there.</summary>
    public async Task MakeAsync(DeliverySpec spec, CancellationToken cancellation)
    {
        var name = StreamOf(spec);
        if (spec.Source is not DeliverySource.DirectPut || streams.Find(name) is not null)
        {
            return;
        }

        try
        {
            var log = new StreamSpec { Name = name, IsInternal = true, RetentionHours = RetentionHours };
            await streams.CreateAsync(log, cancellation).ConfigureAwait(false);
        }
        catch (TarnException e) when (e.Kind == ErrorKind.AlreadyExists)
        {
            // Made by another caller in between.
        }
    }

    /// <summary>Removes it with its records, where it is there.</summary>
    public async Task RemoveAsync(DeliverySpec spec, CancellationToken cancellation)
    {
        if (spec.Source is DeliverySource.DirectPut && streams.Find(StreamOf(spec)) is not null)
        {
            await streams.DeleteAsync(StreamOf(spec), cancellation).ConfigureAwait(false);
        }
    }
}
