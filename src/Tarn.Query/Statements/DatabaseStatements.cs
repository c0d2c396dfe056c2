using Tarn.Catalog;
using Tarn.Catalog.Databases;
using Tarn.Primitives.Errors;
using Tarn.Sql.Tree;

namespace Tarn.Query.Statements;

/// <summary>CREATE, ALTER and DROP DATABASE.</summary>
internal sealed class DatabaseStatements(ICatalog catalog)
{
    /// <summary>False when the statement is none of these.</summary>
    public async Task<bool> RunAsync(Statement statement, CancellationToken cancellation)
    {
        switch (statement)
        {
            case Statement.CreateDatabase create:
                await CreateAsync(create, cancellation).ConfigureAwait(false);
                return true;
            case Statement.SetDatabaseProperties set:
                await SetAsync(set, cancellation).ConfigureAwait(false);
                return true;
            case Statement.DropDatabase drop:
                await DropAsync(drop, cancellation).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private async Task CreateAsync(Statement.CreateDatabase create, CancellationToken cancellation)
    {
        var database = new Database
        {
            Name = create.Name,
            Description = create.Comment ?? "",
            LocationUri = create.Location,
            Parameters = PropertyLists.Merge(new Dictionary<string, string>(), create.Properties),
        };
        try
        {
            await catalog.CreateDatabaseAsync(database, cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.AlreadyExists)
        {
            if (!create.IfNotExists)
            {
                throw HiveFailure.Execution(
                    ErrorKind.AlreadyExists, "ALREADY_EXISTS", $"Database {create.Name} already exists");
            }
        }
    }

    private async Task SetAsync(Statement.SetDatabaseProperties set, CancellationToken cancellation)
    {
        var found = await catalog.FindDatabaseAsync(set.Name, cancellation).ConfigureAwait(false)
            ?? throw HiveFailure.NoDatabase(set.Name);
        await catalog.UpdateDatabaseAsync(
            found with { Parameters = PropertyLists.Merge(found.Parameters, set.Properties) }, cancellation)
            .ConfigureAwait(false);
    }

    private async Task DropAsync(Statement.DropDatabase drop, CancellationToken cancellation)
    {
        if (await catalog.FindDatabaseAsync(drop.Name, cancellation).ConfigureAwait(false) is null)
        {
            if (drop.IfExists)
            {
                return;
            }

            throw HiveFailure.NoDatabase(drop.Name);
        }

        if (!drop.IsCascade
            && (await catalog.ListTablesAsync(drop.Name, cancellation).ConfigureAwait(false)).Count > 0)
        {
            throw HiveFailure.Execution(
                ErrorKind.Conflict,
                "SCHEMA_NOT_EMPTY",
                $"InvalidOperationException(message:Database {drop.Name} is not empty. One or more tables exist.)",
                "drop its tables first, or add CASCADE");
        }

        await catalog.DeleteDatabaseAsync(drop.Name, cancellation).ConfigureAwait(false);
    }
}
