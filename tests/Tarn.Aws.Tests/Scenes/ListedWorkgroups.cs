using Tarn.Query.Workgroups;

namespace Tarn.Aws.Tests.Scenes;

internal sealed class ListedWorkgroups : IWorkgroups
{
    private readonly SortedDictionary<string, Workgroup> _workgroups = new(StringComparer.Ordinal)
    {
        ["primary"] = new Workgroup { Name = "primary" },
    };

    public Task<Workgroup> PutAsync(Workgroup workgroup, CancellationToken cancellation) =>
        Task.FromResult(_workgroups[workgroup.Name] = workgroup);

    public Task<Workgroup?> FindAsync(string name, CancellationToken cancellation) =>
        Task.FromResult(_workgroups.GetValueOrDefault(name));

    public Task<IReadOnlyList<Workgroup>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Workgroup>>([.. _workgroups.Values]);

    public Task DeleteAsync(string name, CancellationToken cancellation) => throw new NotSupportedException();
}
