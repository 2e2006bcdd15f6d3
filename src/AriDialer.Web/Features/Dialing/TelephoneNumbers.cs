using PhoneNumbers;

namespace AriDialer.Web.Features.Dialing;

/// <summary>Reads numbers any way that people write them, and writes them the way people read them.</summary>
internal sealed class TelephoneNumbers
{
    private const string ShortCode = "Short codes cannot be called from here. Call them from a telephone of the network.";

    private readonly PhoneNumberUtil _numbers = PhoneNumberUtil.GetInstance();
    private readonly ShortNumberInfo _short = ShortNumberInfo.GetInstance();

    /// <summary>Reads what a person typed, pasted or dialled.</summary>
    /// <param name="text">Anything at all.</param>
    /// <param name="region">The region by which national numbers are read.</param>
    public NumberReading Read(string text, string region)
    {
        if (text.Length > 4 * NumberText.LongestText)
            return new NotANumber("This is too long for a telephone number.");

        var clean = NumberText.Clean(text);
        if (clean.Length > NumberText.LongestText)
            return new NotANumber("This is too long for a telephone number.");

        if (clean.Contains("ext", StringComparison.OrdinalIgnoreCase) || clean.Contains('#', StringComparison.Ordinal)
            || clean.Contains(" x", StringComparison.OrdinalIgnoreCase))
        {
            return new NotANumber("Extensions cannot be dialled with the number. Call the number, then type the extension on the keypad.");
        }

        if (!NumberText.IsWrittenAsNumber(clean) && !NumberText.IsVanity(clean))
            return new NotANumber("This is not a telephone number.");

        return ReadDigits(clean, region);
    }

    /// <summary>The number that a trunk or a stored row names, or null. Not for what people type.</summary>
    public TelephoneNumber? ReadOrNull(string? text, string region) =>
        !string.IsNullOrEmpty(text) && Read(text, region) is ReadNumber read ? read.Number : null;

    /// <summary>An E.164 number the way a person of that region writes it.</summary>
    public string Format(string e164, string region) =>
        ReadOrNull(e164, region) is not { } number ? e164 : number.Region == region ? number.National : number.International;

    private NumberReading ReadDigits(string text, string region)
    {
        var digits = PhoneNumberUtil.NormalizeDigitsOnly(text);
        if (!text.StartsWith('+') && (_short.ConnectsToEmergencyNumber(digits, region) || _short.IsEmergencyNumber(digits, region)))
        {
            return new EmergencyNumber(digits,
                $"{digits} is an emergency number, and this phone cannot call it. Use a mobile or a fixed telephone now.");
        }

        PhoneNumber number;
        try
        {
            number = _numbers.ParseAndKeepRawInput(text, region);
        }
        catch (NumberParseException unread)
        {
            return Refuse(unread.ErrorType, digits, region);
        }

        if (number.HasExtension)
            return new NotANumber("Extensions cannot be dialled with the number. Call the number, then type the extension on the keypad.");

        if (IsGuess(number))
            return new NotANumber("Is this a number of another country? Then begin it with + and the country's code.");

        return _numbers.IsValidNumber(number) ? new ReadNumber(Describe(number)) : Refuse(number, digits, region);
    }

    // "41446681800" typed in Switzerland could be +41 44 668 18 00, or a mistake. Where the national prefix is the country's
    // code as well (North America) the leading 1 is how people write their own numbers.
    private static bool IsGuess(PhoneNumber number) =>
        number.CountryCodeSource == PhoneNumber.Types.CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN && number.CountryCode != 1;

    private TelephoneNumber Describe(PhoneNumber number)
    {
        var region = _numbers.GetRegionCodeForNumber(number);
        return new TelephoneNumber(
            _numbers.Format(number, PhoneNumberFormat.E164),
            _numbers.Format(number, PhoneNumberFormat.NATIONAL),
            _numbers.Format(number, PhoneNumberFormat.INTERNATIONAL),
            region is null or "001" ? null : region);
    }

    private NotANumber Refuse(ErrorType why, string digits, string region) => new(why switch
    {
        _ when IsShortCode(digits, region) => ShortCode,
        ErrorType.INVALID_COUNTRY_CODE => "No country has this code after the +.",
        ErrorType.TOO_SHORT_AFTER_IDD or ErrorType.TOO_SHORT_NSN => "This is too short for a telephone number.",
        ErrorType.TOO_LONG => "This is too long for a telephone number.",
        _ => "This is not a telephone number.",
    });

    private NotANumber Refuse(PhoneNumber number, string digits, string region) => new(_numbers.IsPossibleNumberWithReason(number) switch
    {
        _ when IsShortCode(digits, region) => ShortCode,
        PhoneNumberUtil.ValidationResult.TOO_SHORT or PhoneNumberUtil.ValidationResult.IS_POSSIBLE_LOCAL_ONLY =>
            $"This is too short for a telephone number{In(number)}.",
        PhoneNumberUtil.ValidationResult.TOO_LONG =>
            $"This is too long for a telephone number{In(number)}. For another country begin with + and its code.",
        _ => $"There is no such telephone number{In(number)}. For another country begin with + and its code.",
    });

    private string In(PhoneNumber number) =>
        Countries.NameOf(_numbers.GetRegionCodeForCountryCode(number.CountryCode)) is { } country ? $" in {country}" : "";

    private bool IsShortCode(string digits, string region)
    {
        try
        {
            return digits.Length is >= 3 and <= 6
                && _short.IsPossibleShortNumberForRegion(_numbers.Parse(digits, region), region);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
