using Tarn.Catalog.Tables;
using Tarn.Delivery.Lanes;
using Tarn.Delivery.Shards;
using Tarn.Delivery.Specs;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;

namespace Tarn.Delivery.Hybrid;

/// <summary>
/// Reads tables up to the last acknowledged record of the delivery streams that feed them. What is not delivered yet is
/// staged just as the next batch would be, so that its rows are those that delivery will write:
/// <code>
///   reader: turn taken -> objects listed, opened -> checkpoints read -> turn given -> rest of the log staged
///   shard loop:                (puts objects; its commit waits)                     -> commit
/// </code>
/// Objects of a batch that is not committed do not count: their records lie after the checkpoint.
/// </summary>
internal sealed class HybridTables(DeliveryResources resources, CommitTurns turns, TailStaging staging) : IHybridTables
{
    public async Task<IHybridMoment> HoldAsync(Table table, CancellationToken cancellation)
    {
        var lanes = new List<DeliveryLane>();
        foreach (var resource in await resources.ListAsync(cancellation).ConfigureAwait(false))
        {
            var spec = resource.Delivery!;
            if (PlanCarrier.TableOf(spec.Destination) == table.Name)
            {
                Check(spec, table);
                lanes.Add(DeliveryLane.Of(spec)[0]);
            }
        }

        if (lanes.Count == 0)
        {
            throw Refused(table, "no delivery stream has it as its table", "remove the property, or deliver to it");
        }

        var moment = new HybridMoment(table, lanes, staging);
        try
        {
            foreach (var lane in lanes)
            {
                moment.Add(await turns.EnterAsync(lane.Key, cancellation).ConfigureAwait(false));
            }

            await moment.BeginAsync(cancellation).ConfigureAwait(false);
            return moment;
        }
        catch (Exception)
        {
            moment.Dispose();
            throw;
        }
    }

    private static void Check(DeliverySpec spec, Table table)
    {
        var destination = (ObjectDestination)spec.Destination;
        if (destination.Steps.OfType<LambdaStep>().Any())
        {
            throw Refused(
                table,
                $"delivery stream '{spec.Name}' calls a function, whose answer for the same record may be another",
                "take the function step out");
        }

        if (destination.Conversion is null && destination.Form != RecordForm.JsonLines)
        {
            throw Refused(
                table,
                $"delivery stream '{spec.Name}' writes records as they come, so that one may be part of a line",
                "let it write JSON lines or convert records");
        }
    }

    private static TarnException Refused(Table table, string reason, string hint) => new(
        ErrorKind.Unsupported,
        $"table '{table.Name}' has the property '{IHybridTables.Property}' and cannot be read so: {reason}",
        hint: hint) { Code = "NOT_SUPPORTED" };
}
