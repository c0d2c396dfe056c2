namespace Tarn.Query.Workgroups;

/// <summary>Removes a workgroup with what belongs to it.</summary>
public interface IWorkgroupRemoval
{
    /// <summary>
    /// Fails with NotFound, for <c>primary</c> with Invalid, and with Conflict when the workgroup has named queries,
    /// prepared statements or executions and <paramref name="isRecursive"/> is false. Recursively, running queries are
    /// stopped and all of these forgotten; result objects stay.
    /// </summary>
    Task RemoveAsync(string name, bool isRecursive, CancellationToken cancellation);
}
