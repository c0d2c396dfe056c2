using Tarn.Sql.Tree;

namespace Tarn.Query.Writing.Targets;

/// <summary>Statements that write rows.</summary>
internal sealed class WriteStatements(TableCreation creation, RowInsertion insertion, Unloading unloading)
{
    /// <summary>Plans the statement; null when it writes no rows.</summary>
    public async Task<PlannedWrite?> PlanAsync(Statement statement, string database, CancellationToken cancellation) =>
        statement switch
        {
            Statement.CreateTableAs create =>
                await creation.PlanAsync(create, database, cancellation).ConfigureAwait(false),
            Statement.Insert insert =>
                await insertion.PlanAsync(insert, database, cancellation).ConfigureAwait(false),
            Statement.Unload unload =>
                await unloading.PlanAsync(unload, database, cancellation).ConfigureAwait(false),
            _ => null,
        };
}
