using Tarn.Catalog.Tables;

namespace Tarn.Delivery.Conversion;

/// <summary>Makes conversions. Thread-safe.</summary>
internal interface IRecordConversions
{
    /// <summary>
    /// The conversion to the columns of a table. Costs no more than reading the settings, so that it is also the check
    /// of a new or changed delivery stream: throws Invalid or Unsupported naming the setting or column at fault.
    /// </summary>
    IRecordConversion Open(FormatConversion settings, Table table);
}
