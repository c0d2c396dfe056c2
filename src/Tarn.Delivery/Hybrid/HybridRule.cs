using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Sources;

namespace Tarn.Delivery.Hybrid;

/// <summary>The property says true or false.</summary>
internal sealed class HybridRule : ITableRule
{
    public void Check(Table table)
    {
        if (table.Parameters.TryGetValue(IHybridTables.Property, out var value)
            && !bool.TryParse(value, out _))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"property '{IHybridTables.Property}' of table '{table.Name}' is '{value}'",
                hint: "it is true or false");
        }
    }
}
