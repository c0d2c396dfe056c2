using Tarn.Sql.Tree;

namespace Tarn.Sql.Printing;

/// <summary>Statements; definitions of tables are <see cref="DefinitionPrinter"/>'s.</summary>
internal static class StatementPrinter
{
    public static string Print(Statement statement) => statement switch
    {
        Statement.Select select => QueryPrinter.Print(select.Query),
        Statement.Explain explain => Explain(explain),
        Statement.Prepare prepare => $"PREPARE {NameText.Name(prepare.Name)} FROM {Print(prepare.Inner)}",
        Statement.Execute execute => $"EXECUTE {NameText.Name(execute.Name)}"
            + (execute.Arguments.Count == 0 ? "" : $" USING {ExpressionPrinter.List(execute.Arguments)}"),
        Statement.Deallocate deallocate => $"DEALLOCATE PREPARE {NameText.Name(deallocate.Name)}",
        Statement.Insert insert => $"INSERT INTO {NameText.Table(insert.Table)} "
            + (insert.Columns.Count == 0 ? "" : $"({NameText.Names(insert.Columns)}) ")
            + QueryPrinter.Print(insert.Query),
        Statement.Unload unload => $"UNLOAD ({QueryPrinter.Print(unload.Query)}) TO {NameText.Text(unload.Location)} "
            + $"WITH {Properties(unload.Properties)}",
        Statement.CreateTableAs create => CreateTableAs(create),
        Statement.CreateView create => $"CREATE {(create.OrReplace ? "OR REPLACE " : "")}VIEW "
            + $"{NameText.Table(create.View)} AS {QueryPrinter.Print(create.Query)}",
        Statement.ChangeRows change => change.Kind switch
        {
            "DELETE" => $"DELETE FROM {NameText.Table(change.Table)}",
            "MERGE" => $"MERGE INTO {NameText.Table(change.Table)}",
            _ => $"UPDATE {NameText.Table(change.Table)}",
        },
        Statement.Other other => other.Name,
        _ => ShowPrinter.TryPrint(statement) ?? DefinitionPrinter.Print(statement),
    };

    private static string Explain(Statement.Explain explain)
    {
        var options = new List<string>();
        if (explain.Type is not null)
        {
            options.Add($"TYPE {explain.Type}");
        }

        if (explain.Format is not null)
        {
            options.Add($"FORMAT {explain.Format}");
        }

        return $"EXPLAIN {(explain.IsAnalyze ? "ANALYZE " : "")}{(explain.IsVerbose ? "VERBOSE " : "")}"
            + (options.Count == 0 ? "" : $"({string.Join(", ", options)}) ") + Print(explain.Inner);
    }

    private static string CreateTableAs(Statement.CreateTableAs create) =>
        $"CREATE TABLE {(create.IfNotExists ? "IF NOT EXISTS " : "")}{NameText.Table(create.Table)} "
        + (create.Properties.Count == 0 ? "" : $"WITH {Properties(create.Properties)} ")
        + $"AS {QueryPrinter.Print(create.Query)}{(create.WithData ? "" : " WITH NO DATA")}";

    /// <summary>Any word may name a property.</summary>
    private static string Key(string name) => NameText.IsPlain(name) ? name : NameText.Name(name);

    private static string Properties(IEnumerable<Property> properties)
    {
        var pairs = properties.Select(
            property => $"{Key(property.Name)} = {ExpressionPrinter.Print(property.Value)}");
        return $"({string.Join(", ", pairs)})";
    }
}
