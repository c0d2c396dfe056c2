using Tarn.Catalog;
using Tarn.Catalog.Tables;
using Tarn.Delivery.Conversion;
using Tarn.Delivery.Endpoints;
using Tarn.Delivery.Processing;
using Tarn.Delivery.Specs;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Batches;

/// <summary>Begins batches with what their settings ask for. Thread-safe.</summary>
internal sealed class BatchMaker(
    ICatalog catalog,
    Staging staging,
    IRecordFunctions functions,
    IRecordEndpoint endpoint,
    IRecordConversions conversions,
    LakeIdentity lake,
    DeliveryOptions options,
    TimeProvider time)
{
    /// <summary>Fails with NotFound when a table that the settings name is gone.</summary>
    public async Task<IStagedBatch> BeginAsync(BatchScene scene, CancellationToken cancellation)
    {
        var flow = RecordFlows.Build(scene.Lane.Destination.Steps, new FlowContext
        {
            DeliveryStream = scene.Lane.Delivery,
            SourceStream = scene.Lane.IsFromStream ? scene.Lane.Stream : null,
            ShardId = scene.ShardId,
            Functions = functions,
            Metadata = step => new MetadataExtraction(step),
            Time = time,
        });
        switch (scene.Lane.Destination)
        {
            case EndpointDestination destination:
                return new EndpointBatch(scene, destination, flow, endpoint, staging, lake, options, time);
            case ObjectDestination destination:
                var table = await FindTableAsync(destination, cancellation).ConfigureAwait(false);
                if (destination.Conversion is { } conversion)
                {
                    SpecRules.CheckVersion(conversion, table!);
                }

                return new ObjectBatch(
                    scene, destination, table, flow, () => NewOutput(destination, table), staging, lake);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private IStagedOutput NewOutput(ObjectDestination destination, Table? table) =>
        destination.Conversion is { } conversion
            ? new StagedRows(conversions.Open(conversion, table!), staging)
            : new StagedLines(staging.NewObject(destination.Output.Compression), destination.Form);

    private async Task<Table?> FindTableAsync(ObjectDestination destination, CancellationToken cancellation)
    {
        var name = destination.Table is { } target ? new TableName(target.Database, target.Table)
            : destination.Conversion is { } conversion ? new TableName(conversion.Database, conversion.Table)
            : (TableName?)null;
        return name is not { } known ? null
            : await catalog.FindTableAsync(known, cancellation).ConfigureAwait(false)
            ?? throw new TarnException(
                ErrorKind.NotFound,
                $"table '{known.Database}.{known.Name}' does not exist",
                hint: "create it, or delete the delivery stream");
    }
}
