using Tarn.Catalog.Tables;

namespace Tarn.Console.Lake;

/// <summary>A table with the size of its files, or null while that is not known.</summary>
internal sealed record TableGlance(Table Table, TableSize? Size);
