using Tarn.Primitives.Errors;
using Tarn.Query.Prepared;
using Tarn.Sql;
using Tarn.Sql.Tree;

namespace Tarn.Query.Executions;

/// <summary>PREPARE, EXECUTE and DEALLOCATE: names of statements that belong to the workgroup.</summary>
internal sealed class PreparedNames(IPreparedStatements statements)
{
    /// <summary>The statement that EXECUTE stands for, with its values; others as they are.</summary>
    public async Task<Statement> ResolveAsync(
        Statement statement, string workgroup, CancellationToken cancellation)
    {
        if (statement is Statement.Explain explain)
        {
            return explain with
            {
                Inner = await ResolveAsync(explain.Inner, workgroup, cancellation).ConfigureAwait(false),
            };
        }

        if (statement is not Statement.Execute execute)
        {
            return statement;
        }

        var prepared = await statements.FindAsync(workgroup, execute.Name, cancellation).ConfigureAwait(false)
            ?? throw NotFound(execute.Position, execute.Name, workgroup);
        return SqlParameters.Bind(SqlParser.Parse(prepared.Sql), execute.Arguments);
    }

    /// <summary>Runs PREPARE and DEALLOCATE; false when the statement is neither.</summary>
    public async Task<bool> RunAsync(Statement statement, string workgroup, CancellationToken cancellation)
    {
        switch (statement)
        {
            case Statement.Prepare prepare:
                Check(prepare);
                await statements.CreateAsync(
                    new PreparedStatement { Workgroup = workgroup, Name = prepare.Name, Sql = prepare.Text },
                    cancellation).ConfigureAwait(false);
                return true;
            case Statement.Deallocate deallocate:
                var name = deallocate.Name;
                if (await statements.FindAsync(workgroup, name, cancellation).ConfigureAwait(false) is null)
                {
                    throw NotFound(deallocate.Position, name, workgroup);
                }

                await statements.DeleteAsync(workgroup, name, cancellation).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private static void Check(Statement.Prepare prepare)
    {
        if (prepare.Inner is not (Statement.Select or Statement.Insert or Statement.CreateTableAs or Statement.Unload))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"{prepare.Position}: only SELECT, INSERT INTO, CREATE TABLE AS and UNLOAD can be prepared")
            {
                Code = "NOT_SUPPORTED",
            };
        }
    }

    private static TarnException NotFound(SqlPosition position, string name, string workgroup) => new(
        ErrorKind.NotFound,
        $"{position}: Prepared statement not found: {name}",
        hint: $"PREPARE {name} FROM ... makes it in workgroup '{workgroup}'") { Code = "NOT_FOUND" };
}
