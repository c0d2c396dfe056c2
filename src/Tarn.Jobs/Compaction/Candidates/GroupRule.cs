using Tarn.Jobs.Inputs;

namespace Tarn.Jobs.Compaction.Candidates;

/// <summary>Which objects become one.</summary>
internal static class GroupRule
{
    /// <summary>Objects from half of the target on stay: taking them again would gain little.</summary>
    public static bool IsSmall(long bytes, long targetBytes) => bytes < targetBytes / 2;

    /// <summary>
    /// Cuts the objects, in their order, where the target is reached. The rest is a group too where nothing more is
    /// expected; elsewhere it waits for more, so that no byte is taken again and again. One alone is none.
    /// </summary>
    public static IEnumerable<IReadOnlyList<JobInput>> Cut(
        IEnumerable<JobInput> objects, long targetBytes, bool takesRest)
    {
        var group = new List<JobInput>();
        var bytes = 0L;
        foreach (var item in objects)
        {
            group.Add(item);
            bytes += item.Size;
            if (bytes >= targetBytes)
            {
                yield return group;
                (group, bytes) = ([], 0);
            }
        }

        if (takesRest && group.Count > 1)
        {
            yield return group;
        }
    }
}
