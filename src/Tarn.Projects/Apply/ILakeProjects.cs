using Tarn.Projects.Lake;

namespace Tarn.Projects.Apply;

/// <summary>
/// Makes the server's resources what a project's files say. Resources that the files do not name stay as they are.
/// Applying the same files again changes nothing.
/// </summary>
public interface ILakeProjects
{
    /// <summary>The differences, without changing anything.</summary>
    Task<IReadOnlyList<PlannedChange>> PlanAsync(LakeProject project, CancellationToken cancellation);

    /// <summary>Applies the differences in the order of their needs and returns them.</summary>
    Task<IReadOnlyList<PlannedChange>> ApplyAsync(LakeProject project, CancellationToken cancellation);
}
