using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;
using Tarn.Delivery;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>Delivery streams with their lag and newest object.</summary>
public sealed partial class DeliveryPanel
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;

    /// <summary>Where its records go: a table, a bucket or an endpoint.</summary>
    private static string Target(DeliveryStatus status) => status.Spec.Destination switch
    {
        ObjectDestination { Table: { } table } => $"{table.Database}.{table.Table}",
        ObjectDestination objects => $"s3://{objects.Output.Bucket}/",
        EndpointDestination endpoint => endpoint.Url,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
