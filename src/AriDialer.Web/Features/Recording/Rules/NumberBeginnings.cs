using System.Globalization;
using AriDialer.Web.Features.Dialing;
using PhoneNumbers;

namespace AriDialer.Web.Features.Recording.Rules;

/// <summary>How a rule's numbers begin, or a sentence why they cannot begin so.</summary>
internal sealed record NumberBeginning(string? Begins, string? Sentence);

/// <summary>Reads how numbers begin: a country, its code, or its code and more of the number.</summary>
internal sealed class NumberBeginnings
{
    private const int MostDigits = 15;
    private const int LongestCode = 3;

    private readonly PhoneNumberUtil _numbers = PhoneNumberUtil.GetInstance();

    /// <summary>Reads what a person typed: "Germany", "DE", "+49" or "+49 30".</summary>
    public NumberBeginning Read(string text)
    {
        var clean = NumberText.Clean(text);
        var country = Countries.ByName.FirstOrDefault(one =>
            string.Equals(one.Value, clean, StringComparison.OrdinalIgnoreCase) || string.Equals(one.Key, clean, StringComparison.OrdinalIgnoreCase));
        return country.Key is null ? ReadDigits(clean.Replace("(0)", "", StringComparison.Ordinal)) : ReadCountry(country.Key, country.Value);
    }

    /// <summary>Whose numbers begin so; null where that is not just a matter of the country's code.</summary>
    public string? CountryOf(string begins)
    {
        if (CodeOf(begins[1..]) is not { } code)
            return null;

        var regions = _numbers.GetRegionCodesForCountryCode(code);
        return (regions.Count, Countries.NameOf(regions.FirstOrDefault())) switch
        {
            (_, null) => null,
            (1, var name) => name,
            (_, var name) => begins.Length == 1 + Written(code).Length ? $"{name} and others" : null,
        };
    }

    // Some countries share a code. Whoever chooses the smaller one should not get the larger one with it unawares: laws differ.
    private NumberBeginning ReadCountry(string region, string name)
    {
        var code = _numbers.GetCountryCodeForRegion(region);
        if (code == 0)
            return Refuse($"{name} has no code of its own.");

        return _numbers.GetRegionCodeForCountryCode(code) == region
            ? new NumberBeginning($"+{Written(code)}", null)
            : Refuse($"{name} shares its code with other countries. Type +{Written(code)} for all of them, or more of the number.");
    }

    private NumberBeginning ReadDigits(string text)
    {
        if (!NumberText.IsWrittenAsNumber(text))
            return Refuse("Type a country, or how the numbers begin, such as +49.");

        if (!text.StartsWith('+'))
            return Refuse("Begin with + and the country's code, such as +49.");

        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (digits.Length > MostDigits)
            return Refuse("This is longer than a telephone number.");

        if (CodeOf(digits) is not { } code)
            return Refuse("No country has this code after the +.");

        // Nobody's number has it after the country's code: such a rule would never fit.
        var rest = digits[Written(code).Length..];
        return rest.StartsWith('0') && _numbers.GetNddPrefixForRegion(_numbers.GetRegionCodeForCountryCode(code), stripNonDigits: true) == "0"
            ? Refuse($"Leave out the 0 after +{Written(code)}.")
            : new NumberBeginning($"+{digits}", null);
    }

    private int? CodeOf(string digits)
    {
        for (var length = 1; length <= Math.Min(LongestCode, digits.Length); length++)
        {
            var code = int.Parse(digits.AsSpan(0, length), CultureInfo.InvariantCulture);
            if (digits[0] != '0' && _numbers.GetSupportedCallingCodes().Contains(code))
                return code;
        }

        return null;
    }

    private static string Written(int code) => code.ToString(CultureInfo.InvariantCulture);

    private static NumberBeginning Refuse(string sentence) => new(null, sentence);
}
