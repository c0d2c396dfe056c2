using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>DDL, SHOW and DESCRIBE. Each answers with lines of text, as Athena gives them.</summary>
internal sealed class CatalogStatements(
    ListStatements lists,
    ShowStatements shows,
    DatabaseStatements databases,
    TableStatements tables,
    PartitionStatements partitions,
    RepairStatement repair,
    ViewStatements views)
{
    private static readonly (string, IReadOnlyList<string>) Nothing = ("", []);

    /// <summary>
    /// The result's column name ("": it has none) and its lines; null when the statement is not one of these.
    /// </summary>
    public async Task<(string Column, IReadOnlyList<string> Lines)?> RunAsync(
        Statement statement, string database, CancellationToken cancellation)
    {
        switch (statement)
        {
            case Statement.CreateView create:
                await views.RunAsync(create, database, cancellation).ConfigureAwait(false);
                return Nothing;
            case Statement.RepairTable msck:
                return ("result", await repair.RunAsync(msck, database, cancellation).ConfigureAwait(false));
            case Statement.ChangeRows change:
                throw HiveFailure.Refused(
                    $"{change.Position}: Modifying Hive table rows is only supported for transactional tables",
                    "write another table with CREATE TABLE AS, or delete objects through the S3 API");
        }

        if (await lists.RunAsync(statement, database, cancellation).ConfigureAwait(false) is { } listed)
        {
            return listed;
        }

        if (await shows.RunAsync(statement, database, cancellation).ConfigureAwait(false) is { } shown)
        {
            return shown;
        }

        var isDone = await databases.RunAsync(statement, cancellation).ConfigureAwait(false)
            || await partitions.RunAsync(statement, database, cancellation).ConfigureAwait(false)
            || await tables.RunAsync(statement, database, cancellation).ConfigureAwait(false);
        return isDone ? Nothing : null;
    }
}
