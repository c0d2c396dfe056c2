using System.Globalization;
using Tarn.Catalog.Partitions;
using Tarn.Jobs.Specs;
using Tarn.Storage.Objects;

namespace Tarn.Jobs.Targets;

/// <summary>
/// Names of a run's objects: made of job, run and a number per partition, never of data, so that a repeat meets the
/// same names.
/// <code>
/// with a bookmark   &lt;table location&gt;/year=…/&lt;job&gt;-&lt;run&gt;-&lt;n&gt;.parquet          added to what
/// is there
/// without           &lt;root&gt;/&lt;job&gt;-&lt;run&gt;/year=…/&lt;job&gt;-&lt;run&gt;-&lt;n&gt;.parquet   a
/// folder that the table is switched to
/// </code>
/// </summary>
internal static class OutputNaming
{
    /// <summary><c>&lt;job&gt;-00000012</c>.</summary>
    public static string RunName(string job, long run) => $"{job}-{run.ToString("D8", CultureInfo.InvariantCulture)}";

    /// <summary>The folder of a run that replaces the target.</summary>
    public static string RunFolder(JobSpec spec, long run) => $"{JobRules.RootOf(spec)}{RunName(spec.Name, run)}/";

    /// <param name="location">The folder below which the partitions lie; it ends with a slash.</param>
    /// <param name="known">Partitions of the table whose place is fixed already, or none.</param>
    public static IReadOnlyList<PlannedOutput> Plan(
        string runName, string location, IReadOnlyList<StagedFile> files, IReadOnlyList<Partition> known)
    {
        var places = known.ToDictionary(
            partition => string.Join('/', partition.Values), partition => partition.Location);
        return
        [
            .. files.GroupBy(file => file.Folder).SelectMany(group => group.Select((file, index) =>
            {
                var place = places.GetValueOrDefault(string.Join('/', file.Values)) ?? location + file.Folder;
                place = place.EndsWith('/') ? place : place + "/";
                return new PlannedOutput(file, ObjectKey.Parse($"{place}{runName}-{index}.parquet"), place);
            })),
        ];
    }
}
