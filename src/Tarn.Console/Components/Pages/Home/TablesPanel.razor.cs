using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;
using Tarn.Jobs.Compaction;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>Tables with the size of their files.</summary>
public sealed partial class TablesPanel
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;

    private static string Line(CompactionStatus status) =>
        status.Error is not null ? "compaction failed, tried again"
        : status.BytesUnderWay > 0
            ? $"compacting {Human.Bytes(status.BytesDone)} of {Human.Bytes(status.BytesUnderWay)}"
        : status.ObjectsOut > 0
            ? $"compacted {Human.Count(status.ObjectsIn)} files into {Human.Count(status.ObjectsOut)}"
        : "compaction on";
}
