using Microsoft.Extensions.DependencyInjection;
using Tarn.Projects.Apply;

namespace Tarn.Projects;

public static class ProjectsServices
{
    /// <summary>Adds <see cref="ILakeProjects"/>; the engines must be added too.</summary>
    public static IServiceCollection AddProjects(this IServiceCollection services) =>
        services.AddSingleton<ILakeProjects, LakeProjects>();
}
