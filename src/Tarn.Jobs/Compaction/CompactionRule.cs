using Tarn.Catalog.Tables;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Compaction;

/// <summary>Refuses settings of compaction that could not be honoured.</summary>
internal sealed class CompactionRule : ITableRule
{
    public void Check(Table table)
    {
        if (CompactionSettings.Of(table.Name, table.Parameters) is null)
        {
            return;
        }

        if (!CanCompact(table.Storage.SerDe))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"property '{CompactionSettings.TargetBytesName}' of table '{table.Name}' is not supported for its"
                    + $" SerDe '{table.Storage.SerDe}'",
                hint: $"compacted are {SerDeNames.OpenXJson}, {SerDeNames.HiveJson} and {SerDeNames.Parquet}");
        }

        if (table.Storage.Location.Length == 0)
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"property '{CompactionSettings.TargetBytesName}' of table '{table.Name}' needs a location");
        }
    }

    private static bool CanCompact(string serDe) =>
        serDe is SerDeNames.OpenXJson or SerDeNames.HiveJson or SerDeNames.Parquet;
}
