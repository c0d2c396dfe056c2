namespace Tarn.Catalog.Tables;

/// <summary>
/// A check of table definitions by the room that honours some of their properties. Asked before a definition is stored,
/// by whichever door it comes. Thread-safe.
/// </summary>
public interface ITableRule
{
    /// <summary>Throws Invalid or Unsupported, naming the property.</summary>
    void Check(Table table);
}
