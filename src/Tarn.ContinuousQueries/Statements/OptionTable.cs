using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>The options that a kind of definition has, and how each is set.</summary>
/// <param name="owner">What has them, such as <c>source</c>.</param>
internal sealed class OptionTable<T>(string owner, IReadOnlyDictionary<string, Func<T, OptionValue, T>> setters)
{
    /// <summary>Reads <c>(name = value, ...)</c>. Names are checked here, values by <see cref="Apply"/>.</summary>
    public IReadOnlyList<OptionValue> Take(TokenReader tokens)
    {
        var options = new List<OptionValue>();
        tokens.Take("(");
        do
        {
            var place = tokens.Place;
            var name = tokens.TakeName("an option's name").ToLowerInvariant();
            if (!setters.ContainsKey(name))
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"{place}: {(owner[0] == 'a' ? "an" : "a")} {owner} has no option '{name}'",
                    hint: Suggestion.Hint(name, setters.Keys) ?? $"options are {string.Join(", ", setters.Keys)}")
                {
                    Code = "INVALID_OPTION",
                };
            }

            if (options.Any(known => known.Name == name))
            {
                throw new TarnException(ErrorKind.Invalid, $"{place}: option {name} is given twice")
                {
                    Code = "INVALID_OPTION",
                };
            }

            tokens.Take("=");
            options.Add(TakeValue(tokens, name));
        }
        while (tokens.TryTake(","));
        tokens.Take(")");
        return options;
    }

    public T Apply(IEnumerable<OptionValue> options, T before) =>
        options.Aggregate(before, (current, option) => setters[option.Name](current, option));

    private static OptionValue TakeValue(TokenReader tokens, string name)
    {
        var place = tokens.Place;
        if (tokens.TryTake("DEFAULT"))
        {
            return new OptionValue(name, null, null, place);
        }

        if (tokens.Current is { } word && word.Is("INTERVAL"))
        {
            var micros = IntervalText.Take(tokens);
            return new OptionValue(name, IntervalText.Print(micros), micros, place);
        }

        var value = tokens.TakeAny("the option's value");
        if (value.Kind is SqlTokenKind.Symbol)
        {
            throw new TarnException(ErrorKind.Invalid, $"{place}: expected the value of option {name}, "
                + $"found '{value.Text}'") { Code = "SYNTAX_ERROR" };
        }

        return new OptionValue(name, value.Text, IntervalText.TryParse(value.Text, out var span) ? span : null, place);
    }
}
