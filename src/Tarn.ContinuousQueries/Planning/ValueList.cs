using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>How a LIST is had from the JSON array of text that the state offers of a group's values.</summary>
internal static class ValueList
{
    public static string Restore(string column, StoredForm form)
    {
        var texts = $"from_json({column}, '[\"VARCHAR\"]')";
        var list = form.Type.Kind switch
        {
            CellKind.Timestamp => $"list_transform({texts}, lambda v: make_timestamp(CAST(v AS BIGINT)))",
            CellKind.Date => $"list_transform({texts}, lambda v: DATE '1970-01-01' + CAST(v AS INTEGER))",
            _ => texts,
        };
        return form.Original == "VARCHAR" ? list : $"CAST({list} AS {form.Original}[])";
    }

    /// <summary>What string_agg puts between values.</summary>
    public static string Separator(AggregateCall call) => call.Arguments.Count > 1 ? call.Arguments[1] : "','";
}
