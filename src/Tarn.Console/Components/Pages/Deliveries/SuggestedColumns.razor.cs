using Microsoft.AspNetCore.Components;
using Tarn.Delivery;

namespace Tarn.Console.Components.Pages.Deliveries;

/// <summary>Members of records that the table has no column for, as the statement that would add them.</summary>
public sealed partial class SuggestedColumns
{
    [CascadingParameter]
    private DeliveryStatus Status { get; set; } = null!;

    private string Statement
    {
        get
        {
            var columns = Status.SuggestedColumns.Select(column => $"`{column.Key}` {column.Value}");
            var table = Status.Spec.Destination is ObjectDestination { Table: { } target }
                ? $"{target.Database}.{target.Table}"
                : "the_table";
            return $"ALTER TABLE {table} ADD COLUMNS ({string.Join(", ", columns)})";
        }
    }
}
