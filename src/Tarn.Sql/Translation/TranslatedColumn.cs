using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>A result column.</summary>
/// <param name="Name">As Athena shows it.</param>
public sealed record TranslatedColumn(string Name, SqlType Type);
