using Tarn.ContinuousQueries.Statements;
using Tarn.Dashboards;
using Tarn.Jobs;
using Tarn.Primitives.Errors;
using Tarn.Projects.Yaml;

namespace Tarn.Projects.Lake;

/// <summary>
/// Reads a lake project's folder. Mistakes of all files are reported together, each with file and line.
/// </summary>
public static class LakeProjectReader
{
    private const string LakeFile = "lake.yaml";

    /// <exception cref="TarnException">NotFound without a lake.yaml; Invalid with one line per mistake.</exception>
    public static LakeProject Read(string folder)
    {
        var path = Path.Combine(folder, LakeFile);
        if (!File.Exists(path))
        {
            throw new TarnException(
                ErrorKind.NotFound, $"{folder} has no {LakeFile}", hint: "a lake project is a folder with a lake.yaml");
        }

        var errors = new List<string>();
        var root = YamlFile.Parse(LakeFile, File.ReadAllText(path));
        var project = ReadLake(root, Path.GetFileName(Path.GetFullPath(folder)));
        errors.AddRange(root.File.Errors);
        project = project with
        {
            Statements = [.. Files(folder, "queries", ".sql", errors).SelectMany(file => Statements(file, errors))],
            Jobs = [.. Files(folder, "jobs", ".sql", errors).SelectMany(file => Job(file, errors))],
            Dashboards = [.. Files(folder, "dashboards", ".yaml", errors).Select(file => Dashboard(file, errors))],
        };
        project = project with { Buckets = [.. project.Buckets.Concat(LocationBuckets.Of(project)).Distinct()] };
        return errors.Count == 0 ? project : throw new TarnException(
            ErrorKind.Invalid,
            errors.Count == 1 ? errors[0] : $"the lake project has {errors.Count} errors",
            errors.Count == 1 ? null : string.Join(Environment.NewLine, errors));
    }

    private static LakeProject ReadLake(YamlMap root, string folderName)
    {
        var streams = StreamYaml.Read(root).ToList();
        var tables = LakeYaml.Tables(root).ToList();
        var project = new LakeProject
        {
            Name = root.Text("name") ?? folderName,
            Buckets = root.TextList("buckets"),
            Streams = streams,
            Tables = tables,
            Deliveries = [.. DeliveryYaml.Read(root, tables)],
            Workgroups = [.. LakeYaml.Workgroups(root)],
        };
        root.End();
        return project;
    }

    private static IEnumerable<ProjectFile> Files(string folder, string below, string extension, List<string> errors)
    {
        var directory = Path.Combine(folder, below);
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            var name = $"{below}/{Path.GetFileName(path)}";
            if (Path.GetExtension(path) == extension)
            {
                yield return new ProjectFile(name, Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
            }
            else
            {
                errors.Add($"{name}: expected a {extension} file in {below}/");
            }
        }
    }

    private static IEnumerable<ProjectStatement> Statements(
        ProjectFile file, List<string> errors) => Checked<ProjectStatement>(
        file,
        errors,
        () => [.. StatementFile.Split(file.Text)
            .Select(found => new ProjectStatement(file.Name, found.Line, found.Text))]);

    private static IEnumerable<JobSpec> Job(ProjectFile file, List<string> errors) =>
        Checked<JobSpec>(file, errors, () => [JobFile.Parse(file.Stem, file.Text)]);

    /// <summary>What the file holds, or nothing and its mistake among the others.</summary>
    private static IEnumerable<T> Checked<T>(ProjectFile file, List<string> errors, Func<IEnumerable<T>> read)
    {
        try
        {
            return read();
        }
        catch (TarnException error)
        {
            errors.Add($"{file.Name}: {error.Message}{(error.Hint is null ? "" : "; " + error.Hint)}");
            return [];
        }
    }

    private static DashboardSpec Dashboard(ProjectFile file, List<string> errors)
    {
        var root = YamlFile.Parse(file.Name, file.Text);
        var dashboard = DashboardYaml.Read(file.Stem, root);
        errors.AddRange(root.File.Errors);
        return dashboard;
    }
}
