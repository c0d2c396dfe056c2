using System.Text.RegularExpressions;

namespace Tarn.Sql.Translation;

/// <summary>
/// Operands whose text a translation writes several times, or that DuckDB itself multiplies: what gives another value
/// each time (<c>rand()</c>), or is long or reads tables, is computed once and bound to a name.
/// </summary>
internal sealed partial class Once(TranslationState state)
{
    /// <summary>Longer texts are not repeated: nested calls would grow by a power of their depth.</summary>
    private const int LengthMax = 4000;

    private static readonly string[] Volatile = ["random()", "uuid()"];

    /// <summary>Whether each evaluation of the text gives a value of its own.</summary>
    public static bool IsVolatile(string sql) =>
        Array.Exists(Volatile, name => sql.Contains(name, StringComparison.Ordinal));

    /// <summary>Whether the text may not stand twice.</summary>
    public static bool IsNeeded(string sql) => sql.Length > LengthMax || IsVolatile(sql)
        || sql.Contains("SELECT ", StringComparison.Ordinal);

    /// <summary>Names and literals.</summary>
    public static bool IsSimple(string sql) => SimplePattern().IsMatch(sql);

    /// <param name="isMultiplied">DuckDB evaluates the first operand more than once, as of IN and BETWEEN.</param>
    public Typed Bind(
        IReadOnlyList<Typed> operands, Func<IReadOnlyList<Typed>, Typed> body, bool isMultiplied = false)
    {
        if (!operands.Any(operand => IsNeeded(operand.Sql)))
        {
            return body(operands);
        }

        var binding = new Binding(state);
        var bound = operands.Select(binding.Add).ToList();
        return binding.Close(body(bound), isMultiplied && IsVolatile(operands[0].Sql));
    }

    [GeneratedRegex(
        """^([A-Za-z_0-9]+|"[^"]*")(\.([A-Za-z_0-9]+|"[^"]*"))*$|^[A-Z]* ?'[^']*'$|^CAST\('[^']*' AS [^']*\)$""")]
    private static partial Regex SimplePattern();

    /// <summary>One name for all operands, as fields of a struct: what is bound may be an aggregate.</summary>
    internal sealed class Binding(TranslationState state)
    {
        private readonly string _name = state.NewName("v");
        private readonly List<(string Field, string Sql)> _fields = [];

        public Typed Add(Typed operand)
        {
            if (IsSimple(operand.Sql))
            {
                return operand;
            }

            var field = $"o{_fields.Count}";
            _fields.Add((field, operand.Sql));
            return operand with { Sql = $"{_name}.{field}", Narrow = null };
        }

        /// <param name="isKept">False: operands that stand once, outside of lambdas, go back to their places.</param>
        public Typed Close(Typed result, bool isKept)
        {
            var sql = result.Sql;
            if (!isKept && _fields.TrueForAll(field => StandsOnce(sql, $"{_name}.{field.Field}")))
            {
                // From the last: no field's name begins with a later one's.
                var restored = Enumerable.Reverse(_fields).Aggregate(
                    sql, (text, field) => Names(field.Field).Replace(text, _ => field.Sql));
                return result with { Sql = restored, Narrow = null };
            }

            var fields = string.Join(", ", _fields.Select(field => $"{field.Field} := {field.Sql}"));
            return result with
            {
                Sql = $"list_transform([struct_pack({fields})], lambda {_name}: {sql})[1]", Narrow = null,
            };
        }

        private Regex Names(string field) => new($@"\b{_name}\.{field}\b");

        private static bool StandsOnce(string sql, string name)
        {
            var all = new Regex($@"\b{Regex.Escape(name)}\b").Matches(sql);
            var lambda = sql.IndexOf("lambda ", StringComparison.Ordinal);
            return all.Count == 0 || (all.Count == 1 && (lambda < 0 || all[0].Index < lambda));
        }
    }
}
