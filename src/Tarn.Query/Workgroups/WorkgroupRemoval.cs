using Tarn.Primitives.Errors;
using Tarn.Query.Executions;
using Tarn.Query.NamedQueries;
using Tarn.Query.Prepared;

namespace Tarn.Query.Workgroups;

/// <summary>
/// <see cref="IWorkgroupRemoval"/>. The workgroup goes last, so that a removal that was cut short is repeated.
/// </summary>
internal sealed class WorkgroupRemoval(
    IWorkgroups workgroups, IQueries queries, INamedQueries namedQueries, IPreparedStatements prepared)
    : IWorkgroupRemoval
{
    public async Task RemoveAsync(string name, bool isRecursive, CancellationToken cancellation)
    {
        if (await workgroups.FindAsync(name, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(ErrorKind.NotFound, $"workgroup '{name}' does not exist");
        }

        if (name == WorkgroupStore.Primary)
        {
            throw new TarnException(ErrorKind.Invalid, "workgroup 'primary' always exists");
        }

        if (!isRecursive && await AnyAsync(name, cancellation).ConfigureAwait(false))
        {
            throw new TarnException(
                ErrorKind.Conflict,
                $"workgroup '{name}' is not empty",
                hint: "delete it recursively to forget its queries and statements");
        }

        await queries.ClearAsync(name, cancellation).ConfigureAwait(false);
        foreach (var query in await namedQueries.ListAsync(name, cancellation).ConfigureAwait(false))
        {
            await namedQueries.DeleteAsync(query.Id, cancellation).ConfigureAwait(false);
        }

        await prepared.ClearAsync(name, cancellation).ConfigureAwait(false);
        await workgroups.DeleteAsync(name, cancellation).ConfigureAwait(false);
    }

    private async Task<bool> AnyAsync(string name, CancellationToken cancellation) =>
        (await queries.ListAsync(name, 1, cancellation).ConfigureAwait(false)).Count > 0
        || (await namedQueries.ListAsync(name, cancellation).ConfigureAwait(false)).Count > 0
        || (await prepared.ListAsync(name, cancellation).ConfigureAwait(false)).Count > 0;
}
