using AriDialer.Web.Features.Dialing;

namespace AriDialer.Web.Tests.Dialing;

public sealed class TelephoneNumbersTests
{
    private static readonly TelephoneNumbers Numbers = new();

    [Theory]
    [InlineData("+1 202 555 0101", "US", "+12025550101")]
    [InlineData("(202) 555-0101", "US", "+12025550101")]
    [InlineData("202.555.0101", "US", "+12025550101")]
    [InlineData("1-202-555-0101", "US", "+12025550101")]
    [InlineData("12025550101", "US", "+12025550101")]
    [InlineData("tel:+1-202-555-0101", "GB", "+12025550101")]
    [InlineData("TEL:+1-202-555-0101;phone-context=example.com", "GB", "+12025550101")]
    [InlineData(" +44 20 7946 0123 ", "US", "+442079460123")]
    [InlineData("+44 (0)20 7946 0123", "US", "+442079460123")]
    [InlineData("020 7946 0123", "GB", "+442079460123")]
    [InlineData("00 1 202 555 0101", "GB", "+12025550101")]
    [InlineData("011 44 20 7946 0123", "US", "+442079460123")]
    [InlineData("030/1234567", "DE", "+49301234567")]
    [InlineData("+1 202 555 0101\r\n", "US", "+12025550101")]
    [InlineData("\u202a+44 20\u00a07946\u20110123\u202c", "US", "+442079460123")]
    [InlineData("＋４４２０７９４６０１２３", "US", "+442079460123")]
    [InlineData("+٤٤٢٠٧٩٤٦٠١٢٣", "US", "+442079460123")]
    [InlineData("1-800-FLOWERS", "US", "+18003569377")]
    public void Read_AnyWayPeopleWriteIt_IsOneNumber(string text, string region, string e164)
    {
        var read = Assert.IsType<ReadNumber>(Numbers.Read(text, region));
        Assert.Equal(e164, read.Number.E164);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Alice")]
    [InlineData("2025550101&PJSIP/agent")]
    [InlineData("2025550101@trunk")]
    [InlineData("alice@2025550101")]
    [InlineData("sip:2025550101@example.com")]
    [InlineData("2025550101\r\nX-Evil: 1")]
    [InlineData("2025550101,2")]
    [InlineData("2025550101/n")]
    [InlineData("${EXTEN}")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("2025550101\0")]
    [InlineData("١٢٣")]
    [InlineData("++12025550101")]
    [InlineData("+")]
    [InlineData("12")]
    [InlineData("+999 123456789")]
    [InlineData("2025550101 ext. 5")]
    [InlineData("2025550101x5")]
    [InlineData("555-0101")]
    [InlineData("tel:+12025550101;ext=5")]
    public void Read_AnythingElse_IsRefusedWithASentence(string text)
    {
        var refused = Assert.IsType<NotANumber>(Numbers.Read(text, "US"));
        Assert.EndsWith(".", refused.Sentence);
    }

    [Fact]
    public void Read_FiveHundredCharacters_IsRefused()
    {
        Assert.IsType<NotANumber>(Numbers.Read(new string('2', 500), "US"));
        Assert.IsType<NotANumber>(Numbers.Read("+1" + new string(' ', 500) + "2025550101", "US"));
    }

    [Theory]
    [InlineData("4155551212", "CH")]
    [InlineData("41446681800", "CH")]
    [InlineData("442079460123", "GB")]
    [InlineData("442079460123", "US")]
    public void Read_BareNationalNumber_IsNeverTakenForAnotherCountrys(string text, string region) =>
        Assert.IsType<NotANumber>(Numbers.Read(text, region));

    [Theory]
    [InlineData("911", "US")]
    [InlineData("112", "US")]
    [InlineData("9-1-1", "US")]
    [InlineData("999", "GB")]
    [InlineData("112", "DE")]
    [InlineData("tel:911", "US")]
    public void Read_EmergencyNumber_IsItsOwnKindAndSaysWhatToDo(string text, string region)
    {
        var emergency = Assert.IsType<EmergencyNumber>(Numbers.Read(text, region));
        Assert.Contains("emergency", emergency.Sentence);
    }

    [Theory]
    [InlineData("411", "US")]
    [InlineData("311", "US")]
    public void Read_ShortCode_SaysThatItIsOne(string text, string region)
    {
        var refused = Assert.IsType<NotANumber>(Numbers.Read(text, region));
        Assert.Contains("Short codes", refused.Sentence);
    }

    [Fact]
    public void Read_RandomText_NeverThrowsAndNeverLetsAnythingButDigitsThrough()
    {
        var random = new Random(20260101);
        const string letters = "+0123456789٠١٢０１ ()-./&@,;:#*$[]<>\r\n\t\0aZéß\u202a\ud83d";
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 30)).Select(_ => letters[random.Next(letters.Length)]));
            if (Numbers.Read(text, "US") is ReadNumber read)
                Assert.Matches(@"^\+[0-9]{4,15}$", read.Number.E164);
        }
    }

    [Theory]
    [InlineData("+12025550101", "US", "(202) 555-0101")]
    [InlineData("+12025550101", "GB", "+1 202-555-0101")]
    public void Format_WritesItAsThatRegionsPeopleDo(string e164, string region, string written) =>
        Assert.Equal(written, Numbers.Format(e164, region));

    [Theory]
    [InlineData("+442079460123", "GB", "United Kingdom")]
    [InlineData("+12025550101", "US", "United States")]
    [InlineData("+14165550123", "CA", "Canada")]
    [InlineData("+80012345678", null, null)]
    public void Read_KnowsTheCountry(string text, string? region, string? country)
    {
        var read = Assert.IsType<ReadNumber>(Numbers.Read(text, "DE"));
        Assert.Equal(region, read.Number.Region);
        Assert.Equal(country, Countries.NameOf(read.Number.Region));
    }
}
