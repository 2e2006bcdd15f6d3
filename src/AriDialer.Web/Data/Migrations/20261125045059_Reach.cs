using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AriDialer.Web.Data.Migrations
{
    /// <inheritdoc />
    public partial class Reach : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CallSettings",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    RingSeconds = table.Column<int>(type: "INTEGER", nullable: true),
                    Voicemail = table.Column<bool>(type: "INTEGER", nullable: false),
                    GreetingAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Always_Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    Always_To = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Always_UserId = table.Column<string>(type: "TEXT", nullable: true),
                    WhenBusy_Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    WhenBusy_To = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    WhenBusy_UserId = table.Column<string>(type: "TEXT", nullable: true),
                    WhenUnanswered_Number = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    WhenUnanswered_To = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    WhenUnanswered_UserId = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallSettings", x => x.UserId);
                    table.ForeignKey(
                        name: "FK_CallSettings_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "DeskPhones",
                columns: table => new
                {
                    Endpoint = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ProtectedPassword = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeskPhones", x => x.Endpoint);
                    table.ForeignKey(
                        name: "FK_DeskPhones_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Voicemail",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    CallId = table.Column<string>(type: "TEXT", nullable: false),
                    CallerUserId = table.Column<string>(type: "TEXT", nullable: true),
                    CallerNumber = table.Column<string>(type: "TEXT", nullable: true),
                    CallerName = table.Column<string>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    HeardAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DeletedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Voicemail", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Voicemail_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_DeskPhones_UserId",
                table: "DeskPhones",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Voicemail_CallId",
                table: "Voicemail",
                column: "CallId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Voicemail_DeletedAt",
                table: "Voicemail",
                column: "DeletedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Voicemail_UserId_At",
                table: "Voicemail",
                columns: new[] { "UserId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CallSettings");

            migrationBuilder.DropTable(
                name: "DeskPhones");

            migrationBuilder.DropTable(
                name: "Voicemail");
        }
    }
}
